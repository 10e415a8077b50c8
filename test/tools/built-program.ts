import path from 'node:path';

/** The bundle that `npm test` builds before anything else, and that npm's `bin` points at. */
export const builtProgram = path.resolve('distribution/cli.js');

/** The Node that end-to-end tests run the program with: this one, or the binary that `E2E_NODE` names. */
export const nodeUnderTest = process.env.E2E_NODE ?? process.execPath;
