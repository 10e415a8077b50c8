import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {readBuildCache} from '../../source/engine/read-build-cache.js';
import {engineTest} from '../engine/engines.js';
import {temporaryFolder} from './temporary-folder.js';

engineTest('the build cache grows with what BuildKit keeps', async (t, {env, docker}) => {
	t.is(await readBuildCache(env), 0);
	const folder = temporaryFolder('context');
	const made =
		'FROM alpine:3.13 AS made\nRUN head -c 300000 /dev/urandom >/made\nFROM scratch\nCOPY --from=made /made /\n';
	writeFileSync(path.join(folder, 'Dockerfile'), made);
	await execa('docker', ['build', '-t', 'made', folder], {
		env: {...env, DOCKER_BUILDKIT: '1'},
		stdin: 'ignore',
	});
	// Until then the containerd store counts it as the image's.
	await docker('rmi', 'made');
	t.true(((await readBuildCache(env)) ?? 0) >= 300_000);
	t.is(await readBuildCache({...env, DOCKER_HOST: 'unix:///nowhere.sock'}), null);
});
