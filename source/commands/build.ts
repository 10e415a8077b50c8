import {openSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {execa} from 'execa';
import type {OwnBuild} from '../app/build-session.js';
import {runUntilEnded} from '../app/process.js';
import {isBuild, parseDockerCommand} from '../docker/command.js';
import {describeBuild} from '../engine/describe-build.js';
import {readCliVersions, runDocker} from '../engine/docker-cli.js';
import {explainEngineError} from '../engine/errors.js';
import {createLiveEngine} from '../engine/live-engine.js';
import {messages} from '../messages/index.js';
import {prefersPlain} from '../plain/prefers-plain.js';
import {preserveTerminalSettings} from '../runner/terminal-handover.js';
import {planBuild, planDefinedBuild, withTargets} from '../session/plan/build-plan.js';
import {builderForVariable} from '../session/plan/builder-support.js';
import type {RunView} from '../session/state.js';
import {createTerminalHandover} from '../session/terminal-handover.js';
import {createLineLogs} from '../storage/line-logs.js';
import {createLogFile} from '../storage/run-log.js';
import {makePrivateFolder, stateFolder} from '../storage/state-folder.js';
import {createTranscripts} from '../storage/transcripts.js';
import {inheritedEnvironment, locateProgram} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import type {Command} from './flags.js';

/**
 * `build`: docker's own build with a pane for each stage. Where there is no screen to draw on, or nothing that the panes
 * could follow, docker has the terminal to itself. The exit code is always docker's.
 */
export const build: Command = async words => {
	const argv = commandLineOf(words);
	const cwd = process.cwd();
	const env = inheritedEnvironment();
	const keyboard = prefersPlain(process.env, {stdin: {isTTY: true}, stdout: process.stdout})
		? null
		: openKeyboard();
	const own =
		keyboard && process.stderr.isTTY ? await planOwnBuild(argv, {cwd, env}).catch(() => null) : null;
	return own && keyboard ? showBuild(own, keyboard) : runUntouched(argv, {cwd, env});
};

/** The verbs that build, when the whole command line is given. */
const builds = new Set(['build', 'buildx bake', 'compose build']);

/** `docker build` with these arguments, or the whole command line, if that is what they are. */
const commandLineOf = (words: string[]): string[] =>
	words[0] === 'docker' && builds.has(parseDockerCommand(words)?.verb ?? '')
		? words
		: ['docker', 'build', ...words];

/** The terminal to read keys from: standard input, or the terminal itself while docker reads that. Null if there is none. */
const openKeyboard = (): NodeJS.ReadStream | null => {
	if (process.stdin.isTTY) return process.stdin;
	if (process.platform === 'win32') return null;
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return null;
	}
};

/**
 * What the build will do; null if panes can't follow it: docker refuses it, it only reads the Dockerfile, it prints its
 * progress in a way of its own, or it writes its result to standard output. Rejects if there is no docker command.
 */
const planOwnBuild = async (
	argv: string[],
	{cwd, env}: Pick<OwnBuild, 'cwd' | 'env'>,
): Promise<OwnBuild | null> => {
	const command = parseDockerCommand(argv);
	if (!command || command.refusal !== null) return null;
	const {flags} = command;
	const isTold =
		['auto', null].includes(flags.last('progress')) && (env.BUILDKIT_PROGRESS ?? 'auto') === 'auto';
	const printsResult = flags
		.all('output')
		.some(output => output === '-' || /(?:^|,)dest=-(?:,|$)/.test(output));
	if (
		!isTold ||
		printsResult ||
		flags.isOn('quiet') ||
		command.args.some(word => word === '--help' || word === '-h')
	)
		return null;
	const cli = await readCliVersions(env);
	if (isBuild(command)) {
		const builder = command.isBuildx ? 'buildkit' : builderForVariable(env.DOCKER_BUILDKIT ?? null, cli);
		return {argv, plan: planBuild(command, {builder, cli}), cwd, env};
	}
	const plan = planDefinedBuild(command, argv, {cli});
	const described = plan?.definition ? await describeBuild(plan.definition, {cwd, env}) : null;
	return plan && described && {argv, plan: withTargets(plan, described, {cwd, labFolder: cwd}), cwd, env};
};

const runUntouched = async (argv: string[], {cwd, env}: Pick<OwnBuild, 'cwd' | 'env'>): Promise<number> => {
	const [program = '', ...args] = argv;
	const child = execa(locateProgram(program, env, {cwd}), args, {
		cwd,
		env,
		extendEnv: false,
		stdio: 'inherit',
		reject: false,
	});
	// Docker gets ctrl-c from the terminal, too, and decides itself how to end.
	process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'));
	const {exitCode, cause} = await child;
	if (child.pid === undefined)
		throw new UserError(explainEngineError(cause, messages.engine.currentContext), {cause});
	return exitCode ?? 128;
};

/** Shows the build until docker has ended. Resolves with docker's exit code. */
const showBuild = async (own: OwnBuild, keyboard: NodeJS.ReadStream): Promise<number> => {
	const [
		{createBuildSession},
		{openScreen, terminalSize},
		{createRenderContext},
		{paintLine},
		{buildSummary},
	] = await Promise.all([
		import('../app/build-session.js'),
		import('../tui/open-screen.js'),
		import('../tui/paint-first-frame.js'),
		import('../tui/text/paint-line.js'),
		import('../view/build-summary.js'),
	]);
	const transcripts = createTranscripts(stateFolder());
	const lines = createLineLogs(runId => {
		makePrivateFolder(path.join(transcripts.folder, runId));
		return createLogFile(path.join(transcripts.folder, runId, 'lines'));
	});
	const shown = createBuildSession(own, {lines, stopProgram: () => process.kill(process.pid, 'SIGTSTP')});
	const handover = createTerminalHandover(preserveTerminalSettings);
	const rawjson = own.plan.format === 'rawjson' ? {BUILDKIT_PROGRESS: 'rawjson'} : {};
	const engine = createLiveEngine({env: own.env, ledgerImageIds: () => [], stepContainerIds: () => []});
	engine.identity().then(shown.seeEngine, () => {});
	// Of a program that could not start.
	let exitCode = 127;
	const signalled = await runUntilEnded(
		shown.session,
		async (session, {signal}) => {
			const closed = openScreen(session, {stdin: keyboard, signal, handover});
			const {run, isCancelled} = await shown.run({...own.env, ...rawjson});
			if (run.outcome?.ended === 'exited') ({exitCode} = run.outcome);
			const renderContext = createRenderContext(process.env);
			const {columns} = terminalSize(process.stdout);
			const bytes = await readImageSize(run, own);
			const summary = buildSummary({run, isCancelled, bytes}, columns, renderContext.symbols);
			shown.close(summary.map(line => paintLine(line, renderContext)));
			await closed;
			transcripts.remove(run.runId);
		},
		{isPlain: false, handover},
	);
	return signalled || exitCode;
};

/** Milliseconds for a question about one image. */
const timeoutMs = 5000;

/** Bytes of the one image that was built; null if it is not on this engine, and for several. */
const readImageSize = async ({build}: RunView, {plan, cwd, env}: OwnBuild): Promise<number | null> => {
	const name = plan.definition ? null : (build?.names[0] ?? build?.imageId ?? null);
	if (name === null) return null;
	const {stdout} = await runDocker(['image', 'inspect', '--format', '{{.Size}}', name], {
		cwd,
		env,
		timeoutMs,
	});
	return /^\d+$/.test(stdout.trim()) ? Number(stdout) : null;
};
