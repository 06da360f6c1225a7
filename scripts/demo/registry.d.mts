export function startRegistry(): Promise<{
  readonly port: number;
  readonly wasAsked: () => boolean;
  readonly close: () => void;
}>;
