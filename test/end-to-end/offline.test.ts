import {existsSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {engineTests} from '../engine/engines.js';
import {type OfflinePlace, openOfflinePlace} from './offline-place.js';

/** On which engines the whole circle is gone: `OFFLINE_ENGINES=20,26,28` for more. */
const chosen = (process.env.OFFLINE_ENGINES ?? '26').split(',');

engineTests(engineTest => {
	let place: OfflinePlace;

	engineTest('without a network, nothing can be pulled', async (t, engine) => {
		place = await openOfflinePlace(engine);
		const {stderr} = await execa('docker', ['pull', 'alpine:3.13'], {env: place.twin.env, reject: false});
		t.regex(stderr, /no such host|unreachable|dial tcp/);
		t.is(await place.images(), '');
	});

	const imagesFinding = async () => {
		const {stdout} = await place.there('doctor', '--pack', place.pack, '--json');
		return JSON.parse(stdout).findings.find(({id}: {id: string}) => id === 'images');
	};

	engineTest('the doctor tells that the pack will do, and loads nothing', async t => {
		const {verdict, reason} = await imagesFinding();
		t.is(verdict, 'passed');
		t.regex(reason, /The pack is complete\. The first start loads alpine:3\.13 \(2\.15 MB\) and golang/);
		t.is(await place.images(), '');
	});

	engineTest('there, the whole workshop passes, and nothing is pulled', async t => {
		await place.startAnew();
		const {exitCode, stdout, stderr} = await place.there(
			'run',
			'--pack',
			place.pack,
			'--no-network',
			'--json',
			'--yes',
		);
		t.is(exitCode, 0, `${stderr}\n${stdout}`);
		const {passed, chapters} = JSON.parse(stdout);
		const steps = chapters.flatMap(({steps}: {steps: Array<{id: string}>}) => steps);
		t.true(passed);
		t.is(steps.length, 45);
		t.like(
			steps.find(({id}: {id: string}) => id === 'pull-golang'),
			{verdict: 'passed', exitCode: 1},
		);
		t.regex(stderr, /Loaded golang:1\.16\.4-alpine from the pack\./);
		t.false(existsSync(path.join(place.folder, 'multi-stage')));
	});

	engineTest('the next time there is nothing to load', async t => {
		const {exitCode, stderr} = await place.takeIn();
		t.is(exitCode, 0, stderr);
		t.regex(stderr, /Already on the engine: alpine:3\.13 and golang:1\.16\.4-alpine\./);
		t.notRegex(stderr, /Loading/);
		t.like(await imagesFinding(), {
			verdict: 'passed',
			reason: 'The pack is complete. The engine has all of its images.',
		});
	});

	engineTest('another image of a name is kept, and clean-up gives it its name back', async t => {
		await place.startAnew();
		const own = 'FROM scratch\nLABEL whose=learner\n';
		await execa('docker', ['build', '-t', 'alpine:3.13', '-'], {env: place.twin.env, input: own});
		const id = await place.twin.docker('image', 'inspect', '-f', '{{.Id}}', 'alpine:3.13');
		const {exitCode, stderr} = await place.takeIn();
		t.is(exitCode, 0, stderr);
		t.regex(stderr, new RegExp(`Another image had this name: it is kept as ${id.slice(7, 19)}`));
		t.is(
			await place.twin.docker('image', 'inspect', '-f', '{{index .Config.Labels "whose"}}', id),
			'learner',
		);
		t.not(await place.twin.docker('image', 'inspect', '-f', '{{.Id}}', 'alpine:3.13'), id);
		t.is((await place.there('cleanup', '--yes')).exitCode, 0);
		t.is(await place.twin.docker('image', 'inspect', '-f', '{{.Id}}', 'alpine:3.13'), id);
	});
}, chosen);
