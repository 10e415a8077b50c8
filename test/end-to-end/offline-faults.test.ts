import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {engineTests} from '../engine/engines.js';
import {type OfflinePlace, openOfflinePlace} from './offline-place.js';
import {runUntil} from './run-until.js';

/** Real faults, on one engine. */
engineTests((engineTest, name) => {
	if (name !== '26') return;
	let place: OfflinePlace;

	engineTest('what is wrong with a pack is told, and nothing of it is loaded', async (t, engine) => {
		place = await openOfflinePlace(engine);
		const damaged = path.join(place.folder, 'damaged');
		cpSync(place.pack, damaged, {recursive: true});
		const file = path.join(damaged, 'images', 'golang-1.16.4-alpine-linux-amd64.tar');
		const bytes = readFileSync(file);
		bytes.writeUInt8(bytes.readUInt8(200_000_000) ^ 1, 200_000_000);
		writeFileSync(file, bytes);
		const run = await place.there('run', '--pack', damaged, '--json', '--yes');
		t.is(run.exitCode, 3);
		const {error} = JSON.parse(run.stdout);
		t.regex(error.message, /golang-1\.16\.4-alpine-linux-amd64\.tar of the pack is damaged/);
		t.regex(error.next, /nothing was loaded/);
		const doctor = await place.there('doctor', '--pack', damaged, '--json');
		t.is(doctor.exitCode, 3);
		t.like(
			JSON.parse(doctor.stdout).findings.find(({id}: {id: string}) => id === 'images'),
			{verdict: 'failed', reason: error.message},
		);
		t.is(await place.images(), '');
	});

	engineTest('a pack for another platform is told as such', async t => {
		const other = path.join(place.folder, 'other');
		cpSync(place.pack, other, {recursive: true});
		const manifest = path.join(other, 'manifest.json');
		writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('linux/amd64', 'linux/arm64'));
		const {exitCode, stderr} = await place.there('run', '--pack', other);
		t.is(exitCode, 3);
		// Its archives still say what they are for.
		t.regex(stderr, /holds something other than \S+ for linux\/arm64/);
		t.is(await place.images(), '');
	});

	engineTest('an engine that goes away while it loads is told, and a second try works', async t => {
		const {exitCode, stderr} = await runUntil(
			['run', 'reference', '--pack', place.pack],
			place.options,
			'Loading golang',
			place.twin.kill,
		);
		t.is(exitCode, 3, stderr);
		t.regex(stderr, /The connection to the Docker engine at \S+ was lost\.\nNext: start Docker again/);
		await place.twin.start();
		t.is(await place.images(), '', 'nothing is half there');
		t.is((await place.takeIn()).exitCode, 0);
	});
});

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest('a full disk is told, before and while it loads, and a second try works', async (t, engine) => {
		const place = await openOfflinePlace(engine);
		await place.twin.wipe();
		await execa('mkdir', ['-p', place.twin.dataFolder]);
		await execa('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'workshop-test', place.twin.dataFolder]);
		try {
			await place.twin.start();
			const early = await place.takeIn();
			t.is(early.exitCode, 3);
			t.regex(
				early.stderr,
				/has \d+ MB free, but the images of the pack take 487 MB while they are loaded; nothing was loaded/,
			);
			await execa('mount', ['-o', 'remount,size=700m', place.twin.dataFolder]);
			const filler = path.join(place.twin.dataFolder, 'filler');
			const late = await runUntil(
				['run', 'reference', '--pack', place.pack],
				place.options,
				'Loading golang',
				() => execa('fallocate', ['-l', '450M', filler]),
			);
			t.is(late.exitCode, 3, late.stderr);
			t.regex(late.stderr, /The disk where the Docker engine keeps its images is full\.\nNext: make room/);
			t.is(await place.images(), '', 'nothing is half there');
			await execa('rm', [filler]);
			const again = await place.takeIn();
			t.is(again.exitCode, 0, again.stderr);
		} finally {
			await place.twin.wipe().catch(() => {});
			await execa('umount', ['-l', place.twin.dataFolder], {reject: false});
		}
	});
});
