import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {obtainPack, openRemotePack, unfinishedName} from '../../source/pack/remote-pack.js';
import {sha256} from '../../source/storage/hashes.js';
import {sampleWorkshop, writeSamplePack} from '../pack/sample-pack.js';
import {atExit} from '../tools/at-exit.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {findNginx, serveByNginx} from './nginx.js';

const nginx = findNginx();
const {folder, manifest} = await writeSamplePack();
const image = manifest.images[0] as (typeof manifest.images)[number];
const store = {platform: 'linux/amd64', inspect: async () => null};

for (const {what, changes} of [
	{what: 'nginx', changes: ''},
	{what: 'nginx without ranges', changes: 'max_ranges 0;'},
	{what: 'nginx that compresses', changes: 'gzip on; gzip_types *; gzip_min_length 1;'},
]) {
	const title = `a pack comes from ${what}, and goes on where it stopped`;
	if (nginx === null) test.skip(`${title} (nginx is missing: \`test/hub/get-nginx\`)`, () => {});
	else
		test.serial(title, async t => {
			const {url, stop} = await serveByNginx(nginx, folder, temporaryFolder(), changes);
			atExit(stop);
			const options = {
				stateFolder: temporaryFolder(),
				onProgress() {},
				signal: new AbortController().signal,
			};
			const remote = await openRemotePack({url}, options);
			const wanted = {workshop: sampleWorkshop, store};
			const {pack} = await obtainPack(remote, wanted, options);
			for (const {file, sha256: hash} of manifest.images)
				t.is(sha256(readFileSync(path.join(pack.folder, file))), hash);
			const whole = readFileSync(path.join(pack.folder, image.file));
			rmSync(path.join(pack.folder, image.file));
			writeFileSync(path.join(pack.folder, 'unfinished', unfinishedName(image)), whole.subarray(0, 5000));
			await obtainPack(remote, wanted, options);
			t.true(readFileSync(path.join(pack.folder, image.file)).equals(whole));
		});
}
