import path from 'node:path';
import {parseDockerCommand} from './command.js';

/** Why a learner's command must not run on a teacher's engine; `what`: the verb, flag, place or name in question. */
export type CommandRefusal = {
	why: 'noDocker' | 'invalid' | 'otherEngine' | 'verb' | 'flag' | 'outside' | 'notOwn';
	what: string;
};

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** The flags that stay inside of a container or of a build. All others are refused: a new one may reach the machine. */
const harmlessFlags: Readonly<Record<string, ReadonlySet<string>>> = {
	run: list(`
		cpus detach env entrypoint expose hostname init interactive label memory name net network no-healthcheck
		platform publish publish-all pull quiet read-only restart rm sig-proxy stop-signal stop-timeout tty user workdir
	`),
	build: list('build-arg file force-rm label no-cache no-cache-filter platform progress quiet rm tag target'),
	rm: list('force volumes'),
	start: list(''),
	stop: list('signal time timeout'),
	restart: list('signal time timeout'),
	kill: list('signal'),
	rename: list(''),
};

/** Networks that every engine has, without that of the machine. */
const harmlessNetworks = list('none bridge default');

/**
 * Finds the first command of an answer that must not run on somebody else's engine: only builds in the lab folder, and
 * containers of the answer itself, may. Null if all may run.
 */
export const findUnfitCommand = (
	commands: readonly string[][],
): {argv: string[]; refusal: CommandRefusal} | null => {
	const own = new Set<string>();
	for (const argv of commands) {
		const refusal = judgeCommand(argv, own);
		if (refusal) return {argv, refusal};
	}
	return null;
};

/** `own`: the names of the answer's containers so far; grows. */
const judgeCommand = (argv: readonly string[], own: Set<string>): CommandRefusal | null => {
	const refuse = (why: CommandRefusal['why'], what = ''): CommandRefusal => ({why, what});
	const docker = argv[0] === 'docker' ? parseDockerCommand(argv) : null;
	if (!docker) return refuse('noDocker');
	const {verb, flags, operands, refusal, namesEngine, isBuildx} = docker;
	if (namesEngine) return refuse('otherEngine');
	const harmless = verb === 'create' ? harmlessFlags.run : harmlessFlags[verb];
	if (!harmless) return refuse('verb', verb);
	if (refusal !== null) return refuse('invalid');
	if (isBuildx && argv.includes('--builder')) return refuse('otherEngine');
	const flag = flags.given.find(({name}) => !harmless.has(name));
	if (flag) return refuse('flag', flag.name);
	const network = [...flags.all('network'), ...flags.all('net')].find(one => !harmlessNetworks.has(one));
	if (network !== undefined) return refuse('flag', `network=${network}`);
	if (verb === 'build') {
		const outside = [...operands, ...flags.all('file')].find(place => !isInner(place));
		return outside === undefined ? null : refuse('outside', outside);
	}
	const name = verb === 'run' || verb === 'create' ? flags.last('name') : null;
	if (name !== null) own.add(name);
	if (verb === 'run' || verb === 'create') return null;
	const foreign = (verb === 'rename' ? operands.slice(0, 1) : operands).find(one => !own.has(one));
	if (foreign !== undefined) return refuse('notOwn', foreign);
	if (verb === 'rename' && operands[1] !== undefined) own.add(operands[1]);
	return null;
};

/** Whether a place is a relative path that stays in the lab folder: no URL, no standard input. */
const isInner = (place: string): boolean => {
	const normal = path.posix.normalize(place);
	return (
		place !== '-' && !/[:\\]/.test(place) && !path.posix.isAbsolute(normal) && normal.split('/')[0] !== '..'
	);
};

/** A command that starts a container in the background: nobody is there to end one in the foreground. */
export const inBackground = (argv: readonly string[]): string[] => {
	const docker = parseDockerCommand(argv);
	if (docker?.verb !== 'run' || docker.flags.isOn('detach')) return [...argv];
	return [...argv.slice(0, docker.argsAt), '--detach', ...argv.slice(docker.argsAt)];
};
