import {execa} from 'execa';

/** `version`: null when it can't be run, or when it is slow: it did not answer in time. */
export type Curl = {version: string | null; isSlow: boolean};

/** Asks curl for its version. */
export const readCurl = async (env: Record<string, string>, timeoutMs: number): Promise<Curl> => {
	const {stdout, failed, timedOut} = await execa('curl', ['--version'], {
		env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: timeoutMs,
		reject: false,
	});
	return {version: failed ? null : (/^curl (\S+)/.exec(stdout)?.[1] ?? 'there'), isSlow: timedOut};
};
