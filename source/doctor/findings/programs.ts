import {execa} from 'execa';
import {findEnvironmentProblem} from '../../checks/explain-command.js';
import {findProgram} from '../../system/processes.js';
import {type Cli, failed, type Judgement, type ProbeResult, passed, unknown} from '../finding.js';

/** `version`: of the Node that runs the program, as in `20.19.0`. */
export const judgeNode = (version: string): Judgement => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 20 || (major === 20 && minor >= 19)
		? passed(`Node ${version} runs the program.`)
		: failed(`Node ${version} is too old.`, 'install Node 20.19 or newer');
};

/** Is there a docker command, and does the environment let it do what the workshop needs? */
export const judgeCli = ({value, trouble}: ProbeResult<Cli>, env: Record<string, string>): Judgement => {
	if (!value) return failed(trouble.reason, trouble.next);
	const obstacle = findEnvironmentProblem(env);
	return obstacle
		? failed(obstacle.reason, obstacle.next.replace(', then start the workshop again', ''))
		: passed(
				value.podman === undefined
					? `The docker CLI is ${value.version}.`
					: `The docker command is Podman ${value.podman}.`,
			);
};

/** `isNeeded`: whether a command of the workshop calls it. */
export const judgeCurl = (isNeeded: boolean, {version, isSlow}: Curl): Judgement => {
	if (version !== null) return passed(`curl is ${version}.`);
	if (isSlow) return unknown('curl is there, but this machine is too busy for it to tell its version.');
	if (!isNeeded) return passed('curl is not on this machine, and the workshop does not call it.');
	return failed(
		'curl is not on this machine’s `PATH`: the steps that call it can’t be run.',
		'install curl with your package manager, or open the address in a browser instead',
	);
};

/** `version`: null when it can't be run, or when it is slow: it did not answer in time. */
export type Curl = {version: string | null; isSlow: boolean};

/** Asks curl for its version. */
export const readCurl = async (env: Record<string, string>, timeoutMs: number): Promise<Curl> => {
	const program = findProgram('curl', env);
	if (program === null) return {version: null, isSlow: false};
	const {stdout, failed, timedOut} = await execa(program, ['--version'], {
		env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: timeoutMs,
		reject: false,
	});
	return {version: failed ? null : (/^curl (\S+)/.exec(stdout)?.[1] ?? 'there'), isSlow: timedOut};
};
