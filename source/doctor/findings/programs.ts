import process from 'node:process';
import {execa} from 'execa';
import {findEnvironmentProblem} from '../../checks/explain-command.js';
import {messages} from '../../messages/index.js';
import {findProgram} from '../../system/processes.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';
import {probeTimeoutMs} from '../machine.js';
import {listRequirements} from '../requirements.js';

/** Is Node new enough? */
export const node = defineFinding({
	id: 'node',
	probe: () => process.versions.node,
	judge(version) {
		const [major = 0, minor = 0] = version.split('.').map(Number);
		const say = messages.doctor.node;
		return major > 20 || (major === 20 && minor >= 19)
			? passed(say.works(version))
			: failed(say.tooOld(version));
	},
});

/** Is there a docker command, and does the environment allow what the workshop needs? */
export const dockerCli = defineFinding({
	id: 'docker-cli',
	probe: async ({cli, env}) => ({cli: await cli, env}),
	judge({cli: {value, trouble}, env}) {
		if (!value) return failed(trouble);
		const problem = findEnvironmentProblem(env);
		if (problem) return failed(problem);
		const say = messages.doctor.dockerCli;
		return passed(value.podman === undefined ? say.docker(value.version) : say.podman(value.podman));
	},
});

/** Is curl installed, if a command of the workshop calls it? */
export const curl = defineFinding({
	id: 'curl',
	probe: async machine => ({
		isNeeded: listRequirements(machine).callsCurl,
		...(await readCurlVersion(machine.env)),
	}),
	judge({isNeeded, version, isSlow}) {
		const say = messages.doctor.curl;
		if (version !== null) return passed(say.works(version));
		if (isSlow) return unknown(say.slow);
		return isNeeded ? failed(say.missing) : passed(say.notNeeded);
	},
});

/** `version`: null if curl can't be run or timed out. `isSlow`: whether it timed out. */
const readCurlVersion = async (env: Record<string, string>) => {
	const program = findProgram('curl', env);
	if (program === null) return {version: null, isSlow: false};
	const {stdout, failed, timedOut} = await execa(program, ['--version'], {
		env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: probeTimeoutMs,
		reject: false,
	});
	return {
		version: failed ? null : (/^curl (\S+)/.exec(stdout)?.[1] ?? messages.doctor.curl.there),
		isSlow: timedOut,
	};
};
