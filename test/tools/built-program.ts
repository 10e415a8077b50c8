import path from 'node:path';

/** The bundle that `npm test` builds first and npm's `bin` points to. */
export const builtProgram = path.resolve('distribution/cli.js');

/** The Node that runs the program in end-to-end tests: this one, or the binary in `E2E_NODE`. */
export const nodeUnderTest = process.env.E2E_NODE ?? process.execPath;
