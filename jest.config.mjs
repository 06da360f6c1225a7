/** Real ES modules: `npm test` starts jest with --experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/test/real/'],
  extensionsToTreatAsEsm: ['.ts', '.hbs', '.css'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'hbs', 'css'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.(ts|hbs|css|browser\\.js|min\\.js)$': '<rootDir>/test/support/transform.mjs' },
  transformIgnorePatterns: ['/node_modules/(?!htmx\\.org/)'],
};
