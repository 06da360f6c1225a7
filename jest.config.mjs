/** Real ES modules: `npm test` starts jest with --experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/real/'],
  extensionsToTreatAsEsm: ['.ts', '.hbs'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'hbs'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.(ts|hbs)$': '<rootDir>/test/support/transform.mjs' },
};
