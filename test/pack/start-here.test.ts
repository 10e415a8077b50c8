import test from 'ava';
import type {Manifest} from '../../source/pack/manifest.js';
import {renderStartPage} from '../../source/pack/program-parts.js';
import {writeSamplePack} from './sample-pack.js';

const {manifest} = await writeSamplePack();
const page = (isShipped: boolean, packed: Manifest = manifest): string =>
	renderStartPage(packed, {
		tarball: 'multistage-workshop-0.1.0.tgz',
		date: new Date(0),
		shipped: isShipped ? ['sample'] : [],
	});

test.serial('the program that is installed opens a shipped workshop by its id', t => {
	t.regex(page(true), /then `multistage-workshop --workshop sample --pack <this folder>`/);
});

test.serial('any other workshop it opens from the folder of the pack', t => {
	t.regex(
		page(false),
		/then `multistage-workshop --workshop <this folder>\/workshops\/sample --pack <this folder>`/,
	);
});

for (const {ids, says} of [
	{
		ids: ['multi-stage', 'build-cache'],
		says: /holds the workshops “multi-stage” and “build-cache”.*For the workshop “build-cache”, add `--workshop build-cache`, and change the folder after `--dir`\./s,
	},
	{ids: ['build-cache', 'multi-stage'], says: /“multi-stage”, leave `--workshop build-cache` out, and/},
	{ids: ['build-cache', 'own'], says: /“own”, write `--workshop own` instead, and/},
]) {
	test.serial(`the page of a pack for ${ids.join(' and ')} tells how to open each`, t => {
		const [workshop = manifest.workshop, ...others] = ids.map(id => ({id, hash: ''}));
		t.regex(page(true, {...manifest, workshop, workshops: [workshop, ...others]}), says);
	});
}
