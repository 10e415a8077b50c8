import {rmSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {downloadFile} from '../../../source/pack/download.js';
import {openRemotePack} from '../../../source/pack/remote-pack.js';
import {usualPatience} from '../../../source/pack/web-client.js';

// A learner's download of the first image, without an engine: `<address of a pack> <folder>`. Begins when a line comes
// in, and prints how long it took, in milliseconds.
const [address = '', folder = ''] = process.argv.slice(2);
const {signal} = new AbortController();
const {url, manifest} = await openRemotePack({url: address}, {stateFolder: folder, onProgress() {}, signal});
console.log('ready');
process.stdin.once('data', async () => {
	const [part] = manifest.images;
	if (!part) throw new Error('The pack has no image.');
	const before = performance.now();
	await downloadFile({
		part,
		url: new URL(part.file, url),
		target: path.join(folder, 'image'),
		unfinished: path.join(folder, 'unfinished'),
		id: `learner-${process.pid}`.padEnd(20, '-'),
		onBytes() {},
		onQueue() {},
		signal,
		patience: usualPatience,
	});
	console.log(performance.now() - before);
	rmSync(folder, {recursive: true});
	process.exit();
});
