import {readDocker} from '../docker/command.js';
import {planArgv} from '../session/perform/plan-run.js';
import {readPlan} from '../session/perform/read-plan.js';
import type {Engine, LabFolder, Runner, RunRequest} from '../session/ports.js';
import {imageName} from '../text/image-name.js';
import {messageOf} from '../text/message-of.js';

/** What talks to a registry by itself. */
const registryVerbs = ['pull', 'push', 'search', 'login'];

/**
 * Runs commands as on a machine without a network: builds get none, and what needs a registry is not started. What a
 * build starts from has to be on the engine, because the engine itself would fetch it.
 */
export const withoutNetwork = (
	runner: Runner,
	{engine, lab}: {engine: Pick<Engine, 'images'>; lab: Pick<LabFolder, 'read' | 'readShipped'>},
): Runner => ({
	...runner,
	start(request, onEvent, signal) {
		const refuse = (message: string) => {
			onEvent({type: 'started'});
			onEvent({type: 'ended', outcome: {ended: 'could-not-start', message, seconds: 0}});
		};
		const docker = readDocker(request.argv);
		if (docker && registryVerbs.includes(docker.verb)) {
			return fail(`docker ${docker.verb} is not run with --no-network: the network is unreachable.`, onEvent);
		}
		if (request.builder === null || !docker) return runner.start(request, onEvent, signal);
		const argv = [...request.argv.slice(0, docker.argsAt), '--network=none', ...docker.args];
		void findMissing(request, engine, lab).then(
			missing =>
				missing === null
					? runner.start({...request, argv}, onEvent, signal)
					: refuse(
							`It is not run with --no-network: it starts from ${missing}, which is not on the engine, and the network is unreachable.`,
						),
			error => refuse(messageOf(error)),
		);
	},
});

/** Ends as docker itself would without a network, so that a step is judged by what the engine has. */
const fail = (message: string, onEvent: Parameters<Runner['start']>[1]): void => {
	const bytes = new TextEncoder().encode(`${message}\n`);
	onEvent({type: 'started'});
	onEvent({type: 'output', stream: 'stderr', bytes, at: Date.now()});
	onEvent({type: 'ended', outcome: {ended: 'exited', exitCode: 1, seconds: 0}});
};

/** An image that a build starts from and the engine lacks; null when there is none. */
const findMissing = async (
	{argv, builder, env}: RunRequest,
	engine: Pick<Engine, 'images'>,
	lab: Pick<LabFolder, 'read' | 'readShipped'>,
): Promise<string | null> => {
	const {build} = planArgv(argv, builder ?? 'buildkit', {version: '', buildx: null});
	if (!build) return null;
	const {names} = await engine.images();
	const {stages} = readPlan(build, lab, {environment: env}).graph;
	const images = stages.flatMap(({image}) => (image === null || image === 'scratch' ? [] : [image]));
	return images.find(image => !names[imageName(image)]) ?? null;
};
