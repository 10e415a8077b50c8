import type {DockerCommand} from '../docker/command.js';
import {changeContainers, containerVerbs, renameContainer} from './change-containers.js';
import {removeImages, tagImage} from './change-images.js';
import {connectNetwork, createNetwork, disconnectNetwork, removeNetworks} from './change-networks.js';
import {done, unclear} from './give-result.js';
import type {LabFiles, Simulated, SimulatedEngine} from './model.js';
import {showContainers, showLog, showPorts} from './show-engine.js';
import {type BuildAsked, simulateBuild} from './simulate-build.js';
import {simulateRun} from './simulate-run.js';

/** `build`: null for a command that builds nothing. */
export type AskedCommand = {docker: DockerCommand; build: BuildAsked | null};

/** Commands that change nothing, and whose output nobody can make up. */
const lookers = new Set([
	...['inspect', 'version', 'info', 'history', 'top', 'stats', 'events', 'search', 'diff', 'help', ''],
	...['image inspect', 'image ls', 'container inspect', 'network ls', 'network inspect', 'system df'],
]);

/** What a docker command would make of an engine, worked out by reading it. Nothing runs. */
export const simulateCommand = (
	before: SimulatedEngine,
	{docker, build}: AskedCommand,
	lab: LabFiles,
): Simulated => {
	const {verb, args} = docker;
	// Each command has its second: which came first tells what a refused one was about.
	const engine = {...before, now: before.now + 1000};
	const unreadable = args.find(arg => /[$`]/.test(arg));
	if (unreadable !== undefined) {
		return unclear(engine, `What a shell would put in for \`${unreadable}\` can’t be told by reading.`);
	}
	if (containerVerbs.has(verb)) return changeContainers(engine, docker);
	if (lookers.has(verb)) return done(engine);
	if (build) return simulateBuild(engine, build, lab);
	switch (verb) {
		case 'run':
		case 'create':
			return simulateRun(engine, docker);
		case 'rename':
			return renameContainer(engine, args);
		case 'tag':
			return tagImage(engine, docker);
		case 'image rm':
			return removeImages(engine, args);
		case 'network create':
			return createNetwork(engine, args);
		case 'network connect':
			return connectNetwork(engine, args);
		case 'network disconnect':
			return disconnectNetwork(engine, args);
		case 'network rm':
			return removeNetworks(engine, args);
		case 'ps':
			return showContainers(engine, args);
		case 'port':
			return showPorts(engine, args);
		case 'logs':
			return showLog(engine, args);
		default:
			return unclear(engine, `What \`docker ${verb}\` changes can’t be told by reading.`);
	}
};
