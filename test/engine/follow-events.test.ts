import type {Socket} from 'node:net';
import {engineTests} from './engines.js';
import {passTo, startFakeDaemon} from './fake-daemon.js';
import {engineOf, runSleeper, scope, watch} from './live-engines.js';

engineTests(declare => {
	declare('what happens on the engine calls back', async (t, engine) => {
		const changes = watch(engineOf(engine.env));
		// The subscription itself makes no sound: something is made to happen until it is heard.
		let isHeard = false;
		const heard = changes.next().then(() => {
			isHeard = true;
		});
		while (!isHeard)
			await engine
				.docker('tag', 'alpine:3.13', 'heard:latest')
				.then(() => engine.docker('rmi', 'heard:latest'));
		await heard;
		const started = changes.next();
		const id = await runSleeper(engine);
		await t.notThrowsAsync(started, 'a start');
		const gone = changes.next();
		await engine.docker('rm', '-f', id);
		await t.notThrowsAsync(gone, 'a removal');
		changes.stop();
	});

	declare('a lost connection is made again', async (t, engine) => {
		const fake = await startFakeDaemon(passTo(engine.env.DOCKER_HOST));
		const live = engineOf({...engine.env, DOCKER_HOST: fake.host});
		const changes = watch(live);
		t.not((await live.facts(scope))[0]?.fact, 'engine-gone');
		const lost = changes.next();
		await fake.stop();
		await lost;
		t.is((await live.facts(scope))[0]?.fact, 'engine-gone');
		const id = await runSleeper(engine, '--name', 'meanwhile');
		const back = changes.next();
		await fake.start();
		await back;
		const facts = await live.facts(scope);
		t.true(facts.some(fact => fact.fact === 'container' && fact.id === id));
		const next = changes.next();
		await engine.docker('rm', '-f', id);
		await next;
		changes.stop();
	});

	declare(
		'an engine that hangs with its connections open is noticed, and when it goes on',
		async (t, engine) => {
			const hanging = createHangingPass(engine.env.DOCKER_HOST);
			const fake = await startFakeDaemon(hanging.onConnection);
			const live = engineOf({...engine.env, DOCKER_HOST: fake.host});
			const changes = watch(live);
			await changes.next();
			const noticed = changes.next();
			hanging.hang();
			await noticed;
			t.is((await live.facts(scope))[0]?.fact, 'engine-gone');
			const back = changes.next();
			hanging.goOn();
			await back;
			t.not((await live.facts(scope))[0]?.fact, 'engine-gone');
			changes.stop();
		},
	);
});

/** Passes on to a real daemon, but for while it hangs: then nothing goes through, and nothing is closed. */
const createHangingPass = (host: string) => {
	const sockets = new Set<Socket>();
	let isHanging = false;
	return {
		onConnection(socket: Socket): void {
			if (isHanging) {
				socket.pause();
				return;
			}
			sockets.add(socket.once('close', () => sockets.delete(socket)));
			passTo(host)(socket);
		},
		hang(): void {
			isHanging = true;
			for (const socket of sockets) socket.unpipe().pause();
		},
		goOn(): void {
			isHanging = false;
		},
	};
};
