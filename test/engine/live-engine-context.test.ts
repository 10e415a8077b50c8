import {engineTests, everyEngine} from './engines.js';
import {engineOf, scope} from './live-engines.js';
import {dockerIn, withContext} from './ways.js';

engineTests(declare => {
	declare(
		'an engine that has answered is stayed with when another context is selected',
		async (t, engine) => {
			const env = await withContext(engine, 'first');
			await dockerIn(env, 'context', 'create', 'other', '--docker', 'host=unix:///nowhere.sock');
			await dockerIn(env, 'context', 'use', 'first');
			const live = engineOf(env);
			const before = await live.identity();
			t.like(before, {context: 'first', environment: {DOCKER_CONTEXT: 'first'}});
			await dockerIn(env, 'context', 'use', 'other');
			t.deepEqual(await live.identity(), before);
			t.is((await live.facts(scope))[0]?.fact, 'engine');
		},
	);

	declare('as long as no engine has answered, another context may be selected', async (t, engine) => {
		const env = await withContext(engine, 'works');
		await dockerIn(env, 'context', 'create', 'dead', '--docker', 'host=unix:///nowhere.sock');
		await dockerIn(env, 'context', 'use', 'dead');
		const live = engineOf(env);
		await t.throwsAsync(live.identity(), {
			name: 'UserError',
			message: 'No Docker engine runs at unix:///nowhere.sock, the endpoint of the context `dead`.',
		});
		await dockerIn(env, 'context', 'use', 'works');
		t.like(await live.identity(), {context: 'works'});
	});
}, everyEngine);
