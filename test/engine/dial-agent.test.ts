import {execa} from 'execa';
import {engineTests} from './engines.js';
import {engineOf} from './live-engines.js';

engineTests(declare => {
	declare('what the CLI alone can reach is reached through it', async (t, {env}) => {
		// In a process of its own: it has to end although the connections are kept.
		const script = `
			import {createDockerClient} from './source/engine/daemon.ts';
			const docker = await createDockerClient({connection: {via: 'dial-stdio'}}, process.env, 10_000);
			const names = await Promise.all([docker.info(), docker.info(), docker.listImages().then(() => docker.info())]);
			console.log(names.map(({ID}) => ID).join(' '));`;
		const {stdout} = await execa('node', ['--import=tsx', '--input-type=module', '--eval', script], {
			env,
			timeout: 60_000,
		});
		const {id} = await engineOf(env).identity();
		t.is(stdout, [id, id, id].join(' '));
	});
});
