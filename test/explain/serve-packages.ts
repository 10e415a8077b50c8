import {createHash, randomBytes} from 'node:crypto';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';
import {createGzip} from 'node:zlib';
import {pack} from 'tar-stream';

/** A package of npm, or of Python. `bytes`: how much it has besides its code. */
type Package = {name: string; bytes: number; needs?: string[]};

const npmPackages: Package[] = [
	...Array.from({length: 30}, (_, index) => ({name: `part-${index}`, bytes: 20_000})),
	{name: 'web', bytes: 200_000, needs: Array.from({length: 30}, (_, index) => `part-${index}`)},
	{name: 'bundler', bytes: 15_000_000},
];
const pythonPackages: Package[] = [
	{name: 'web', bytes: 500_000},
	{name: 'templates', bytes: 300_000},
];

const archive = async (files: Record<string, string | Buffer>): Promise<Buffer> => {
	const tar = pack();
	for (const [name, data] of Object.entries(files)) tar.entry({name}, data);
	tar.finalize();
	return buffer(tar.pipe(createGzip()));
};

const npmArchive = ({name, bytes, needs = []}: Package): Promise<Buffer> =>
	archive({
		'package/package.json': JSON.stringify({...manifestOf(name, needs), main: 'index.js'}),
		'package/index.js': `module.exports = ${JSON.stringify(name)};\n`,
		'package/data': randomBytes(bytes),
	});

const manifestOf = (name: string, needs: string[]) => ({
	name,
	version: '1.0.0',
	dependencies: Object.fromEntries(needs.map(one => [one, '1.0.0'])),
	...(name === 'bundler' ? {bin: {bundle: 'index.js'}} : {}),
});

const pythonArchive = ({name, bytes}: Package): Promise<Buffer> =>
	archive({
		[`${name}-1.0/setup.py`]: `from setuptools import setup\nsetup(name='${name}', version='1.0', packages=['${name}'], package_data={'${name}': ['data']})\n`,
		[`${name}-1.0/PKG-INFO`]: `Metadata-Version: 1.0\nName: ${name}\nVersion: 1.0\n`,
		[`${name}-1.0/${name}/__init__.py`]: `name = '${name}'\n`,
		[`${name}-1.0/${name}/data`]: randomBytes(bytes),
	});

/** A registry for npm, and an index for pip, for the containers of an engine. */
export const servePackages = async (address: string): Promise<{npm: string; pip: string; close(): void}> => {
	const archives = new Map<string, Buffer>();
	for (const one of npmPackages) archives.set(`/npm/${one.name}.tgz`, await npmArchive(one));
	for (const one of pythonPackages)
		archives.set(`/pip/files/${one.name}-1.0.tar.gz`, await pythonArchive(one));
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '', 'http://none').pathname;
		const data = archives.get(path);
		if (data) return response.end(data);
		const [, kind, name = ''] = /^\/(npm|pip\/simple)\/([\w-]+)\/?$/.exec(path) ?? [];
		const origin = `http://${request.headers.host}`;
		if (kind === 'npm') {
			const found = npmPackages.find(one => one.name === name);
			const own = archives.get(`/npm/${name}.tgz`);
			if (!found || !own) return response.writeHead(404).end();
			const dist = {
				tarball: `${origin}/npm/${name}.tgz`,
				integrity: `sha512-${createHash('sha512').update(own).digest('base64')}`,
			};
			const version = {...manifestOf(name, found.needs ?? []), dist};
			response.setHeader('content-type', 'application/json');
			return response.end(
				JSON.stringify({name, 'dist-tags': {latest: '1.0.0'}, versions: {'1.0.0': version}}),
			);
		}
		if (kind !== undefined) {
			response.setHeader('content-type', 'text/html');
			return response.end(`<a href="${origin}/pip/files/${name}-1.0.tar.gz">${name}-1.0.tar.gz</a>`);
		}
		return response.writeHead(404).end();
	});
	await new Promise<void>(resolve => server.listen(0, address, resolve));
	const {port} = server.address() as AddressInfo;
	return {
		npm: `http://${address}:${port}/npm/`,
		pip: `http://${address}:${port}/pip/simple/`,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
};
