import {execa} from 'execa';

/** The version of curl; null when it can't be run. */
export const readCurl = async (env: Record<string, string>, timeoutMs: number): Promise<string | null> => {
	const {stdout, failed} = await execa('curl', ['--version'], {
		env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: timeoutMs,
		reject: false,
	});
	return failed ? null : (/^curl (\S+)/.exec(stdout)?.[1] ?? 'there');
};
