import process from 'node:process';
import {execa} from 'execa';
import {findEnvironmentProblem} from '../../checks/explain-command.js';
import {findProgram} from '../../system/processes.js';
import {defineFinding, failed, passed, probeTimeoutMs, unknown} from '../finding.js';
import {listRequirements} from '../requirements.js';

/** Is Node new enough? */
export const node = defineFinding({
	id: 'node',
	probe: () => process.versions.node,
	judge(version) {
		const [major = 0, minor = 0] = version.split('.').map(Number);
		return major > 20 || (major === 20 && minor >= 19)
			? passed(`Node ${version} runs the program.`)
			: failed(`Node ${version} is too old.`, 'install Node 20.19 or newer');
	},
});

/** Is there a docker command, and does the environment let it do what the workshop needs? */
export const dockerCli = defineFinding({
	id: 'docker-cli',
	probe: async ({cli, env}) => ({cli: await cli, env}),
	judge({cli: {value, trouble}, env}) {
		if (!value) return failed(trouble.reason, trouble.next);
		const problem = findEnvironmentProblem(env);
		if (problem) return failed(problem.reason, problem.next.replace(', then start the workshop again', ''));
		return passed(
			value.podman === undefined
				? `The docker CLI is ${value.version}.`
				: `The docker command is Podman ${value.podman}.`,
		);
	},
});

/** Is there curl, where a command of the workshop calls it? */
export const curl = defineFinding({
	id: 'curl',
	probe: async machine => ({
		isNeeded: listRequirements(machine).callsCurl,
		...(await readCurlVersion(machine.env)),
	}),
	judge({isNeeded, version, isSlow}) {
		if (version !== null) return passed(`curl is ${version}.`);
		if (isSlow) return unknown('curl is there, but this machine is too busy for it to tell its version.');
		if (!isNeeded) return passed('curl is not on this machine, and the workshop does not call it.');
		return failed(
			'curl is not on this machine’s `PATH`: the steps that call it can’t be run.',
			'install curl with your package manager, or open the address in a browser instead',
		);
	},
});

/** `version`: null when curl can't be run, or did not answer in time: then `isSlow` is true. */
const readCurlVersion = async (
	env: Record<string, string>,
): Promise<{version: string | null; isSlow: boolean}> => {
	const program = findProgram('curl', env);
	if (program === null) return {version: null, isSlow: false};
	const {stdout, failed, timedOut} = await execa(program, ['--version'], {
		env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: probeTimeoutMs,
		reject: false,
	});
	return {version: failed ? null : (/^curl (\S+)/.exec(stdout)?.[1] ?? 'there'), isSlow: timedOut};
};
