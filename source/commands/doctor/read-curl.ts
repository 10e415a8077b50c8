import {execa} from 'execa';
import {findProgram} from '../../system/locate-program.js';

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
