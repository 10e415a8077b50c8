import type {Simulated, SimulatedEngine} from './model.js';

/** The command does what it says. */
export const done = (engine: SimulatedEngine, stdout = ''): Simulated => ({
	engine,
	stdout: stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`,
	stderr: '',
	exitCode: 0,
	unclear: null,
});

/** Docker says no. `stderr`: its words. */
export const refused = (engine: SimulatedEngine, stderr: string, exitCode: number): Simulated => ({
	engine,
	stdout: '',
	stderr: `${stderr}\n`,
	exitCode,
	unclear: null,
});

/** It can't be told by reading. `why`: a whole sentence. */
export const unclear = (engine: SimulatedEngine, why: string): Simulated => ({
	engine,
	stdout: '',
	stderr: '',
	exitCode: 0,
	unclear: why,
});
