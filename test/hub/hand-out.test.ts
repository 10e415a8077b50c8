import {once} from 'node:events';
import {appendFileSync, readFileSync, renameSync} from 'node:fs';
import http, {type IncomingMessage} from 'node:http';
import {type AddressInfo, connect} from 'node:net';
import path from 'node:path';
import {buffer, text} from 'node:stream/consumers';
import test from 'ava';
import {execa} from 'execa';
import {createHandOut, type HandOutOptions, programHash} from '../../source/hub/hand-out.js';
import {handOutPage} from '../../source/hub/hand-out-page.js';
import {sha256} from '../../source/storage/hashes.js';
import {UserError} from '../../source/text/user-error.js';
import {atExit} from '../tools/at-exit.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {settled} from '../tools/settled.js';
import {writeHandOutPack, writeLargePack} from './hand-out-pack.js';

const pack = await writeHandOutPack();
const image = 'images/a-1.tar';
const body = readFileSync(path.join(pack.folder, image));
const etag = `"${sha256(body)}"`;

/** A hub's plain HTTP side on loopback. */
const open = async (changed: Partial<HandOutOptions> = {}) => {
	const server = http.createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	atExit(() => {
		server.close();
		server.closeAllConnections();
	});
	const {port} = server.address() as AddressInfo;
	const address = `127.0.0.1:${port}`;
	const {folder, bytes: manifest} = pack;
	server.on('request', createHandOut({folder, manifest, title: 'Containers <for> all', address, ...changed}));
	return {port, address, url: `http://${address}/`};
};

type Answer = {status: number; headers: IncomingMessage['headers']; body: Buffer};

const ask = (port: number, target: string, options: http.RequestOptions = {}): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const request = http.request(
			{port, host: '127.0.0.1', path: target, agent: false, ...options},
			response => {
				const pieces: Buffer[] = [];
				response.on('data', piece => pieces.push(piece));
				response.on('error', reject);
				response.on('end', () => {
					const {statusCode: status = 0, headers} = response;
					resolve({status, headers, body: Buffer.concat(pieces)});
				});
			},
		);
		request.on('error', reject);
		request.end();
	});

for (const {what, headers, status, bytes, range} of [
	{what: 'nothing else', headers: {}, status: 200, bytes: body, range: undefined},
	{
		what: 'the first bytes',
		headers: {Range: 'bytes=0-99'},
		status: 206,
		bytes: body.subarray(0, 100),
		range: `bytes 0-99/${body.length}`,
	},
	{
		what: 'the rest',
		headers: {Range: 'bytes=5000-'},
		status: 206,
		bytes: body.subarray(5000),
		range: `bytes 5000-${body.length - 1}/${body.length}`,
	},
	{
		what: 'the last bytes',
		headers: {Range: 'bytes=-7'},
		status: 206,
		bytes: body.subarray(-7),
		range: `bytes ${body.length - 7}-${body.length - 1}/${body.length}`,
	},
	{
		what: 'more than there is',
		headers: {Range: `bytes=10-${10 * body.length}`},
		status: 206,
		bytes: body.subarray(10),
		range: `bytes 10-${body.length - 1}/${body.length}`,
	},
	{
		what: 'what is behind the end',
		headers: {Range: `bytes=${body.length}-`},
		status: 416,
		bytes: Buffer.alloc(0),
		range: `bytes */${body.length}`,
	},
	{
		what: 'the last 0 bytes',
		headers: {Range: 'bytes=-0'},
		status: 416,
		bytes: Buffer.alloc(0),
		range: `bytes */${body.length}`,
	},
	{what: 'two ranges', headers: {Range: 'bytes=0-1,5-6'}, status: 200, bytes: body, range: undefined},
	{what: 'a range backwards', headers: {Range: 'bytes=9-3'}, status: 200, bytes: body, range: undefined},
	{what: 'a range of lines', headers: {Range: 'lines=1-2'}, status: 200, bytes: body, range: undefined},
	{
		what: 'the rest of the same file',
		headers: {Range: 'bytes=5000-', 'If-Range': etag},
		status: 206,
		bytes: body.subarray(5000),
		range: `bytes 5000-${body.length - 1}/${body.length}`,
	},
	{
		what: 'the rest of another file',
		headers: {Range: 'bytes=5000-', 'If-Range': '"other"'},
		status: 200,
		bytes: body,
		range: undefined,
	},
	{
		what: 'it only if it is another one',
		headers: {'If-None-Match': etag},
		status: 304,
		bytes: Buffer.alloc(0),
		range: undefined,
	},
]) {
	test.serial(`who asks for an image and ${what} gets ${status}`, async t => {
		const {port} = await open();
		const answer = await ask(port, `/pack/${image}`, {headers});
		t.is(answer.status, status);
		t.is(answer.headers['content-range'], range);
		t.is(answer.headers.etag, etag);
		t.true(answer.body.equals(bytes));
	});
}

test.serial('HEAD tells the size and the hash, and sends nothing', async t => {
	const {port} = await open();
	const {status, headers, body: sent} = await ask(port, `/pack/${image}`, {method: 'HEAD'});
	t.is(status, 200);
	t.is(headers['content-length'], String(body.length));
	t.is(headers.etag, etag);
	t.is(sent.length, 0);
});

test.serial('all that the manifest names is handed out, the manifest too', async t => {
	const {port} = await open();
	t.true((await ask(port, '/pack/manifest.json')).body.equals(pack.bytes));
	for (const {file, sha256: hash} of [...(pack.manifest.files ?? []), ...pack.manifest.images]) {
		const target = `/pack/${file.split('/').map(encodeURIComponent).join('/')}`;
		t.is(sha256((await ask(port, target)).body), hash, file);
	}
	const program = await ask(port, '/multistage-workshop.mjs');
	t.is(sha256(program.body), programHash(pack.bytes, pack.folder) ?? '');
});

for (const target of [
	'/pack/',
	'/pack/images',
	'/pack/images/',
	'/pack/spool/a-1',
	'/pack/workshops/',
	'/pack/../../../../etc/passwd',
	'/pack/..%2f..%2f..%2fetc%2fpasswd',
	'/pack/%2e%2e/%2e%2e/etc/passwd',
	'/pack/images/../manifest.json',
	'/pack//manifest.json',
	'/pack/manifest.json%00',
	'/pack/%ff%fe',
	'//etc/passwd',
	'/etc/passwd',
	'/pack/C:\\Windows\\win.ini',
	'/__proto__',
	'/constructor',
]) {
	test.serial(`nothing is handed out at ${target}`, async t => {
		const {port} = await open();
		const {status, body: sent} = await ask(port, target);
		t.is(status, 404);
		t.is(sent.toString(), 'There is nothing at this address.\n');
	});
}

for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
	test.serial(`${method} is not answered`, async t => {
		const {port} = await open();
		const {status, headers} = await ask(port, '/', {method});
		t.is(status, 405);
		t.is(headers.allow, 'GET, HEAD');
	});
}

test.serial('a file that has changed its size or is gone is not handed out', async t => {
	const {folder} = await writeHandOutPack();
	const {port} = await open({folder});
	appendFileSync(path.join(folder, image), 'more');
	t.is((await ask(port, `/pack/${image}`)).status, 500);
	renameSync(path.join(folder, image), path.join(folder, 'elsewhere'));
	t.is((await ask(port, `/pack/${image}`)).status, 500);
});

/** Bytes that no socket takes in at once. */
const largeBytes = 48 * 1024 * 1024;

/** Asks for the image, and reads nothing of it before `finish`. */
const begin = (port: number, id: string | null) =>
	new Promise<{status: number; place: string | undefined; finish(): Promise<number>; leave(): void}>(
		(resolve, reject) => {
			const headers = id === null ? {} : {'X-Download': id};
			const request = http.get({port, host: '127.0.0.1', path: `/pack/${image}`, agent: false, headers});
			request.on('error', reject);
			request.on('response', response => {
				response.on('error', () => {});
				resolve({
					status: response.statusCode ?? 0,
					place: response.headers['x-queue-place']?.toString(),
					finish: async () => (await buffer(response)).length,
					leave: () => void response.destroy(),
				});
			});
		},
	);

const idOf = (name: string) => name.padEnd(20, '-');

test.serial(
	'more downloads than are allowed at a time wait, are told their place, and come in order',
	async t => {
		const {size, ...large} = await writeLargePack(largeBytes);
		const {port} = await open({...large, downloads: 2});
		const [ada, bob] = [await begin(port, idOf('ada')), await begin(port, idOf('bob'))];
		t.deepEqual([ada.status, bob.status], [200, 200]);
		const waiting = async (name: string) => {
			const {status, place} = await begin(port, idOf(name));
			return status === 503 ? place : 'begun';
		};
		t.is(await waiting('cyn'), '1');
		const browser = begin(port, null);
		t.is(await waiting('dan'), '3');
		t.is(await waiting('cyn'), '1', 'who asks again keeps the place');
		t.is(await ada.finish(), size);
		t.is(await waiting('dan'), '3');
		t.is(await waiting('cyn'), 'begun');
		bob.leave();
		const begun = await browser;
		t.is(begun.status, 200, 'a browser gets its turn without asking again');
		t.is(await begun.finish(), size);
		t.is(await waiting('dan'), 'begun');
	},
);

test.serial('who is cut off and asks again gets the own place back', async t => {
	const {size, ...large} = await writeLargePack(largeBytes);
	const {port} = await open({...large, downloads: 1});
	await begin(port, idOf('ada'));
	t.is((await begin(port, idOf('bob'))).place, '1');
	const again = await begin(port, idOf('ada'));
	t.is(again.status, 200);
	t.is(await again.finish(), size);
});

test.serial('who asks twice on one connection and leaves gives both places back', async t => {
	const {size: _, ...large} = await writeLargePack(largeBytes);
	const {port} = await open({...large, downloads: 2});
	const socket = connect(port, '127.0.0.1');
	socket.write(`GET /pack/${image} HTTP/1.1\r\nHost: hub\r\n\r\n`.repeat(2));
	await once(socket, 'readable');
	const statusFor = async (name: string) => (await begin(port, idOf(name))).status;
	t.is(await statusFor('ada'), 503);
	socket.destroy();
	for (const name of ['ada', 'bob'])
		t.is(
			await settled(
				() => statusFor(name),
				status => status === 200,
				// A download that does not advance is ended after half a minute anyway.
				20_000,
			),
			200,
		);
});

test.serial('small files never wait', async t => {
	const {size: _, ...large} = await writeLargePack(largeBytes);
	const {port} = await open({...large, downloads: 1});
	await begin(port, idOf('ada'));
	t.is((await ask(port, '/multistage-workshop.mjs')).status, 200);
	t.is((await ask(port, `/pack/${image}`, {method: 'HEAD'})).status, 200);
});

test.serial('a pack of version 0.1.0, which names no program, is refused', t => {
	const {files: _, ...old} = pack.manifest;
	const manifest = Buffer.from(JSON.stringify(old));
	const options = {folder: pack.folder, manifest, title: 'Class', address: 'hub:8400'};
	t.throws(() => createHandOut(options), {instanceOf: UserError, message: /recorded no hashes/});
	t.is(programHash(manifest, pack.folder), null);
});

/** What stands below “Start”, before anything else. */
for (const {system, userAgent, first} of [
	{
		system: 'Windows',
		userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
		first: '<ol><li>Open PowerShell',
	},
	{
		system: 'macOS',
		userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
		first: '<ol><li>Open Terminal',
	},
	{system: 'Linux', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', first: '<ol><li>Open a terminal'},
	{system: 'a phone', userAgent: 'Mozilla/5.0 (Linux; Android 14) Mobile', first: '<details open>'},
	{system: 'anything else', userAgent: '', first: '<details open>'},
]) {
	test.serial(`the page on ${system} begins with what to do there, and has all the rest`, t => {
		const {html} = handOutPage({title: 'Class', address: 'hub:1', programHash: '0', userAgent});
		t.true(html.includes(`<h2>Start</h2>${first}`));
		t.is(html.includes('Open this page on the computer'), system === 'a phone');
		const join = 'node multistage-workshop.mjs class join hub:1';
		t.true(html.includes(`curl.exe -fO http://hub:1/multistage-workshop.mjs; ${join}<`));
		t.is(html.split(`curl -fO http://hub:1/multistage-workshop.mjs &#x26;&#x26; ${join}<`).length, 3);
	});
}

test.serial('the line of the page downloads the program, and that runs as a single file', async t => {
	const {url, address} = await open();
	const page = (await text((await fetch(url)).body as never)).replaceAll('&#x26;', '&');
	t.regex(page, /Containers &#x3C;for> all|Containers &#x3C;for&#x3E; all|Containers &lt;for/);
	const line = /curl -fO .*? class join [\d.:]+/.exec(page)?.[0] ?? '';
	t.is(line, `curl -fO ${url}multistage-workshop.mjs && node multistage-workshop.mjs class join ${address}`);
	const folder = temporaryFolder();
	await execa('sh', ['-c', line.split(' && ')[0] ?? ''], {cwd: folder, env: childEnvironment(folder)});
	const program = path.join(folder, 'multistage-workshop.mjs');
	t.is(sha256(readFileSync(program)), programHash(pack.bytes, pack.folder) ?? '');
	const options = {program, cwd: folder, home: temporaryFolder()};
	const lonely = await runCli(['list'], options);
	t.regex(lonely.stderr, /The workshops that come with the program are missing/);
	const first = await runCli(['run', 'reference', '--replay', '--pack', `${url}pack/`], options);
	t.is(first.exitCode, 0, first.stderr);
	t.regex(first.stdout, /Every step passed/);
	const later = await runCli(['list'], options);
	t.regex(later.stdout, /^build-cache {2}.*^multi-stage {2}/ms);
	const own = await runCli(['run', '--workshop', 'sample', '--pack', `${url}pack/`], options);
	t.regex(own.stderr, /workshop in \S+\/packs\/[0-9a-f]{64}\/workshops\/sample can’t be read/);
});
