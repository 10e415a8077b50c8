import path from 'node:path';
import {execa} from 'execa';
import {atExit} from '../tools/at-exit.js';
import {engineScript} from './list-engines.js';
import type {TestEngine} from './test-engine.js';

/** A second engine of the same version, empty, in a network from which no route leads anywhere. */
export type IsolatedEngine = {
	/** What its script calls it: `26n`. */
	name: string;
	env: TestEngine['env'];
	docker: TestEngine['docker'];
	/** Begins a command that is to run in the engine's network: Node's, say. */
	through: string[];
	/** Where it keeps its images. */
	dataFolder: string;
	/** Starts it, after `wipe` as a new one. */
	start(): Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
	/** Stops it, and removes all that it has. */
	wipe(): Promise<void>;
};

/** The isolated twin of an engine; it is down until `start`, and is wiped when the tests of the file are over. */
export const isolatedTwin = ({id, env}: TestEngine): IsolatedEngine => {
	const twin = `${id}n`;
	const inTwin = (text: string) => text.replaceAll(`/run/${id}/`, `/run/${twin}/`);
	const own = {
		DOCKER_HOST: inTwin(env.DOCKER_HOST),
		DOCKER_CONFIG: inTwin(env.DOCKER_CONFIG),
		PATH: inTwin(env.PATH),
	};
	const home = path.dirname(own.DOCKER_HOST.replace('unix://', ''));
	const script = (...args: string[]) => execa(engineScript, args, {stdin: 'ignore'});
	atExit(() => void execa(engineScript, ['wipe', twin], {detached: true, stdio: 'ignore'}).unref());
	return {
		name: twin,
		env: own,
		docker: async (...args) => (await execa('docker', args, {env: own, stdin: 'ignore'})).stdout,
		through: ['nsenter', `--net=${path.join(home, 'network')}`, '--'],
		dataFolder: path.join(home, 'data'),
		async start() {
			await script('up', twin);
		},
		async kill() {
			await execa('sh', ['-c', `kill -KILL "$(cat "$0/pid")"`, home]);
		},
		async wipe() {
			await script('wipe', twin);
		},
	};
};
