import {readFileSync} from 'node:fs';
import {execa} from 'execa';
import type {TestEngine} from '../engine/test-engine.js';
import type {Inventory} from './inventory.js';

const shipped = 'workshops/multi-stage/simple';

/** Ends at once when the engine is stopped. */
const sleeping = ['run', '-d', '--stop-signal', 'KILL'];

/** Builds a Dockerfile as somebody who has nothing to do with the workshop; resolves with the image's ID. */
const build = async (
	{env}: TestEngine,
	dockerfile: string,
	{builder, tag}: {builder: 'legacy' | 'buildkit'; tag?: string},
): Promise<string> => {
	const {stdout} = await execa('docker', ['build', '-q', ...(tag ? ['-t', tag] : []), '-'], {
		env: {...env, DOCKER_BUILDKIT: builder === 'legacy' ? '0' : '1'},
		input: dockerfile,
	});
	return stdout.trim();
};

/** Containers in every state and images of every kind, among them two with our names and some that share with ours. */
export const settleIn = async (engine: TestEngine): Promise<void> => {
	const {docker} = engine;
	await docker(...sleeping, '--name', 'theirs-running', 'alpine:3.13', 'sleep', '86400');
	await docker('run', '--name', 'theirs-stopped', 'alpine:3.13', 'true');
	await docker('create', '--name', 'theirs-created', 'alpine:3.13', 'true');
	await docker(...sleeping, 'alpine:3.13', 'sleep', '86400');
	const own = 'FROM alpine:3.13\nRUN echo theirs >/theirs\n';
	await build(engine, own, {builder: 'legacy', tag: 'theirs'});
	await docker(...sleeping, '--name', 'theirs-own', 'theirs', 'sleep', '86400');
	await docker('tag', 'theirs', 'whoami');
	await build(engine, `${own}CMD ["cat", "/theirs"]\n`, {builder: 'buildkit', tag: 'simple'});
	await docker('run', '--name', 'theirs-simple', 'simple');
	await build(engine, `${own}RUN echo dangling >/dangling\n`, {builder: 'legacy'});
	const dockerfile = readFileSync(`${shipped}/Dockerfile`, 'utf8');
	// The workshop's first stage, and something else behind it: the legacy builder will take that stage for ours too.
	const [base = ''] = dockerfile.split('\n\n');
	await build(engine, `${base}\nRUN echo near >/near\n`, {builder: 'legacy', tag: 'near'});
	await docker('run', '--name', 'theirs-near', 'near', 'true');
	// What BuildKit makes of this again is this image.
	await build(engine, dockerfile, {builder: 'buildkit', tag: 'same'});
	await docker('run', '--name', 'theirs-same', 'same');
};

/**
 * Starts and builds things while a build of ours runs. `word` tells one time from another. Rejects when that build had
 * ended before all containers had started.
 */
export const intrude = async (
	engine: TestEngine,
	word: string,
	isBuilding: () => boolean,
): Promise<Partial<Inventory>> => {
	const {docker} = engine;
	const running = await Promise.all([
		docker(...sleeping, 'alpine:3.13', 'sleep', '86400'),
		docker(...sleeping, '--name', `during-${word}`, 'theirs', 'sleep', '86400'),
	]);
	if (!isBuilding()) throw new Error(`The build had ended before ${running.join()} started.`);
	const tag = `during-${word}:latest`;
	const id = await build(engine, `FROM alpine:3.13\nRUN echo ${word} >/word\n`, {builder: 'legacy', tag});
	return {containers: running, running, images: [id], names: [`${tag} ${id}`]};
};
