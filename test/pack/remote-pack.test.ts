import {
	appendFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import type {PackProgress} from '../../source/pack/progress.js';
import {
	obtainPack,
	obtainWorkshop,
	openRemotePack,
	type PackSource,
	type RemoteOptions,
	removeDownloads,
	unfinishedName,
} from '../../source/pack/remote-pack.js';
import {sha256} from '../../source/storage/hashes.js';
import {UserError} from '../../source/text/user-error.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {bearable, forImage, image, sample, size, unbearable} from './bad-servers.js';
import {type Misbehave, sendWhole, serveFiles} from './file-server.js';
import {sampleWorkshop, writeManifest} from './sample-pack.js';

/** Short enough for a test; a server on loopback answers at once. */
const patience = {silenceMs: 300, retryMs: 1, maxRetryMs: 4, retries: 8};

/** An engine that has these images. */
const engineWith = (...names: string[]) => ({
	platform: 'linux/amd64',
	async inspect(name: string) {
		const found = sample.manifest.images.find(one => one.name === name && names.includes(name));
		return found ? {id: 'sha256:1', platform: found.platform, layers: found.layers} : null;
	},
});

const optionsIn = (folder: string, seen: PackProgress[] = []): RemoteOptions => ({
	stateFolder: folder,
	onProgress: progress => seen.push(progress),
	signal: new AbortController().signal,
	patience,
});

/** Downloads the sample from an address as `--pack` does. */
const obtain = async (
	source: PackSource,
	{store = engineWith(), ...options}: RemoteOptions & {store?: ReturnType<typeof engineWith>},
) => obtainPack(await openRemotePack(source, options), {workshop: sampleWorkshop, store}, options);

const filesBelow = (folder: string): string[] =>
	readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.sort();

for (const {what, server, starts} of bearable) {
	test.serial(`the images come whole from ${what}`, async t => {
		const isRedirected = what.includes('redirects');
		const {url, startsOf, asked} = await serveFiles(sample.folder, (one, response) => {
			if (one.file === `${image}?again`) {
				sendWhole({...one, body: readFileSync(path.join(sample.folder, image))}, response);
				return true;
			}
			return server(one, response);
		});
		const state = temporaryFolder();
		const {pack} = await obtain({url}, optionsIn(state));
		for (const {file, sha256: hash} of pack.images)
			t.is(sha256(readFileSync(path.join(pack.folder, file))), hash);
		t.deepEqual(startsOf(image), starts);
		if (isRedirected) t.is(asked.filter(({file}) => file.endsWith('?again')).length, 1);
		removeDownloads(pack);
		t.deepEqual(filesBelow(state), []);
	});
}

for (const {what, server, says, asks} of unbearable) {
	test.serial(`a server that ${what} is told as such`, async t => {
		const {url, startsOf} = await serveFiles(sample.folder, server);
		const error = await t.throwsAsync(obtain({url}, optionsIn(temporaryFolder())), {instanceOf: UserError});
		t.regex(error?.message ?? '', says);
		t.truthy(error?.next, 'says what to do');
		t.is(startsOf(image).length, asks);
	});
}

const html: Misbehave = (_asked, response) =>
	Boolean(response.end('<!doctype html><p>Sign in to the network.'));
const endless: Misbehave = (_asked, response) => {
	const more = () => response.write('{'.repeat(64 * 1024), error => error ?? setImmediate(more));
	more();
	return true;
};
const elsewhere = '0'.repeat(64);
for (const {what, source, server, says} of [
	{what: 'a server without a pack', source: {}, server: () => false, says: /has no file manifest\.json\./},
	{
		what: 'a network that wants a sign-in',
		source: {},
		server: html,
		says: /what is there is not the manifest/,
	},
	{what: 'an endless manifest', source: {}, server: endless, says: /what is there is not the manifest/},
	{
		what: 'another pack than announced',
		source: {manifestHash: elsewhere},
		server: ((_asked, response) => Boolean(response.end('{}'))) satisfies Misbehave,
		says: /is another one than the one that was announced/,
	},
	{
		what: 'a port on which nothing listens',
		source: {url: 'http://127.0.0.1:1/'},
		server: () => false,
		says: /manifest\.json can’t be downloaded from 127\.0\.0\.1:1: nothing listens there\./,
	},
	{
		what: 'an address that is none',
		source: {url: 'http://'},
		server: () => false,
		says: /There is no pack at http:\/\//,
	},
]) {
	test.serial(`${what} is told as such`, async t => {
		const {url} = await serveFiles(temporaryFolder(), server);
		const opening = openRemotePack({url, ...source}, optionsIn(temporaryFolder()));
		const error = await t.throwsAsync(opening, {instanceOf: UserError});
		t.regex(error?.message ?? '', says);
		t.truthy(error?.next, 'says what to do');
	});
}

for (const file of [
	'../outside.tar',
	'images/../../outside.tar',
	'/tmp/outside.tar',
	'C:\\outside.tar',
	'a\0b',
]) {
	test.serial(`a manifest that names ${JSON.stringify(file)} is refused, and nothing is written`, async t => {
		const folder = temporaryFolder();
		cpSync(sample.folder, folder, {recursive: true});
		const images = sample.manifest.images.map(one => ({...one, file}));
		writeManifest(folder, {...sample.manifest, images: images.slice(0, 1)});
		const {url} = await serveFiles(folder);
		const state = path.join(temporaryFolder(), 'state');
		const error = await t.throwsAsync(obtain({url}, optionsIn(state)), {instanceOf: UserError});
		t.regex(error?.message ?? '', /names a file outside of its own folder/);
		t.false(existsSync(state));
	});
}

test.serial('a manifest that came another way is not downloaded', async t => {
	const {url, asked} = await serveFiles(sample.folder);
	const manifest = readFileSync(path.join(sample.folder, 'manifest.json'));
	const {place} = await openRemotePack({url: `${url}manifest.json`, manifest}, optionsIn(temporaryFolder()));
	t.is(place, url);
	t.deepEqual(asked, []);
});

test.serial('an image that the engine has is not downloaded', async t => {
	const {url, asked} = await serveFiles(sample.folder);
	const state = temporaryFolder();
	const {state: found} = await obtain({url}, {...optionsIn(state), store: engineWith('a:1')});
	t.deepEqual(
		found.missing.map(({image: {name}}) => name),
		['b:latest'],
	);
	t.deepEqual(
		asked.map(({file}) => file),
		['manifest.json', 'images/b-latest.tar'],
	);
	const {asked: second, url: again} = await serveFiles(sample.folder);
	await obtain({url: again}, {...optionsIn(temporaryFolder()), store: engineWith('a:1', 'b:latest')});
	t.is(second.length, 1);
});

test.serial('a place in a queue is shown, and waited for', async t => {
	const {url} = await serveFiles(
		sample.folder,
		forImage((asked, response) => {
			if (asked.before < 2)
				response.writeHead(503, {'X-Queue-Place': 2 - asked.before, 'Retry-After': 1}).end();
			return asked.before < 2;
		}),
	);
	const seen: PackProgress[] = [];
	await obtain({url}, optionsIn(temporaryFolder(), seen));
	t.deepEqual(
		seen.flatMap(({place}) => place ?? []),
		[2, 1],
	);
});

test.serial('what an interrupted download left is gone on with by the next one', async t => {
	const abort = new AbortController();
	const {url} = await serveFiles(
		sample.folder,
		forImage((asked, response) => {
			response.writeHead(200, {'Content-Length': size});
			response.write(asked.body.subarray(0, 6000));
			return true;
		}),
	);
	const state = temporaryFolder();
	const onProgress = ({done}: PackProgress) =>
		done >= 6000 && done < size && abort.abort(new Error('enough'));
	const options = {...optionsIn(state), signal: abort.signal, onProgress, store: engineWith('b:latest')};
	await t.throwsAsync(obtain({url}, options), {message: 'enough'});
	const {url: again, startsOf} = await serveFiles(sample.folder);
	await obtain({url: again}, {...optionsIn(state), store: engineWith('b:latest')});
	t.deepEqual(startsOf(image), [6000]);
});

test.serial('what was damaged on this disk meanwhile is downloaded again', async t => {
	const state = temporaryFolder();
	const {url, startsOf} = await serveFiles(sample.folder);
	const {folder} = await openRemotePack({url}, optionsIn(state));
	mkdirSync(path.join(folder, 'unfinished'), {recursive: true});
	const [first] = sample.manifest.images;
	writeFileSync(path.join(folder, 'unfinished', first ? unfinishedName(first) : ''), 'x'.repeat(5000));
	await obtain({url}, optionsIn(state));
	t.deepEqual(startsOf(image), [5000, null]);
});

test.serial('two copies of the program do not download into the same folder', async t => {
	const state = temporaryFolder();
	const {url} = await serveFiles(sample.folder);
	const {folder} = await openRemotePack({url}, optionsIn(state));
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'lock'), String(process.ppid));
	const error = await t.throwsAsync(obtain({url}, optionsIn(state)), {instanceOf: UserError});
	t.regex(error?.message ?? '', /Another copy of the program is downloading the pack/);
});

test.serial('what was left of another pack is removed', async t => {
	const state = temporaryFolder();
	const left = path.join(state, 'packs', elsewhere);
	mkdirSync(path.join(left, 'unfinished'), {recursive: true});
	writeFileSync(path.join(left, 'unfinished', elsewhere), 'much');
	const {url} = await serveFiles(sample.folder);
	await obtain({url}, optionsIn(state));
	t.false(existsSync(left));
});

test.serial('a workshop of the pack becomes a folder that is not trusted, and stays', async t => {
	const state = temporaryFolder();
	const {url, asked} = await serveFiles(sample.folder);
	const options = optionsIn(state);
	const remote = await openRemotePack({url}, options);
	const folder = await obtainWorkshop(remote, 'sample', options);
	t.is(readFileSync(path.join(folder, 'workshop.md'), 'utf8'), 'A sample.');
	removeDownloads(remote);
	t.is(await obtainWorkshop(remote, 'sample', options), folder);
	t.is(asked.filter(({file}) => file.startsWith('workshops/')).length, 1);
	appendFileSync(path.join(folder, 'workshop.md'), 'More.');
	t.is(await obtainWorkshop(remote, 'sample', options), folder);
	t.is(readFileSync(path.join(folder, 'workshop.md'), 'utf8'), 'A sample.', 'a changed one is put right');
	const error = await t.throwsAsync(obtainWorkshop(remote, 'other', options), {instanceOf: UserError});
	t.regex(error?.message ?? '', /has no workshop other\./);
});
