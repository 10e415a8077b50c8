import {Agent, createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {connect} from 'node:net';
import path from 'node:path';
import {atExit} from '../tools/at-exit.js';
import {temporaryFolder} from './temporary-folder.js';

const version = '29.1.5';
const apiVersion = '1.52';
/** Engine 28 knows none above. */
const realApiVersion = '1.51';
const leastMinor = 44;

type Json = Record<string, unknown>;

/** What an engine 29 answers elsewise than the engine 28 behind it. By hand, from the sources of 29. */
const changed: Array<{path: RegExp; change(answer: Json): Json}> = [
	{
		path: /^\/version$/,
		change: ({Components, ...rest}) => ({
			...rest,
			Version: version,
			ApiVersion: apiVersion,
			MinAPIVersion: `1.${leastMinor}`,
			Components: (Components as Array<{Name: string}>).map(component =>
				component.Name === 'Engine' ? {...component, Version: version} : component,
			),
		}),
	},
	{path: /^\/info$/, change: info => ({...info, ServerVersion: version})},
	{
		path: /^\/system\/df$/,
		change({BuildCache, LayersSize: _, Images: __, Containers: ___, Volumes: ____, ...rest}) {
			const records = (BuildCache ?? []) as Array<{Size: number; Shared: boolean}>;
			const TotalSize = records.reduce((sum, {Size, Shared}) => sum + (Shared ? 0 : Size), 0);
			const usage = records.length === 0 ? {} : {TotalCount: records.length, TotalSize};
			return {...rest, BuildCacheUsage: usage};
		},
	},
];

/** Progress that tells what went wrong in `errorDetail` alone. */
const withoutError = (text: string): string =>
	text
		.split('\n')
		.map(line => {
			if (!line.includes('"errorDetail"')) return line;
			const {error: _, ...rest} = JSON.parse(line) as Json;
			return JSON.stringify(rest);
		})
		.join('\n');

/**
 * A socket behind which an engine 28 answers as an engine 29 does, as far as that can be: the versions, the least API
 * version, what the disk holds, and progress. Gives what goes into `DOCKER_HOST`.
 */
export const answerAs29 = async (realHost: string): Promise<string> => {
	const realSocket = realHost.replace('unix://', '');
	const agent = new Agent({keepAlive: false});
	const server = createServer((asked, answer) => {
		const {minor, place} = readUrl(asked.url ?? '');
		if (minor !== null && minor < leastMinor) {
			const message = `client version 1.${minor} is too old. Minimum supported API version is 1.${leastMinor}, please upgrade your client to a newer version`;
			answer.writeHead(400, {'Content-Type': 'application/json'}).end(JSON.stringify({message}));
			return;
		}
		const {method, headers} = asked;
		const passed = request({socketPath: realSocket, path: realUrl(asked), method, headers, agent}, real =>
			handBack(place, real, answer),
		);
		passed.on('error', () => answer.destroy());
		answer.on('close', () => passed.destroy());
		asked.pipe(passed);
	});
	// BuildKit's sessions and attached containers take the connection over.
	server.on('upgrade', (asked, socket, head) => {
		const real = connect(realSocket, () => {
			const headers = asked.rawHeaders.flatMap((name, index) =>
				index % 2 === 0 ? [`${name}: ${asked.rawHeaders[index + 1]}`] : [],
			);
			real.write([`${asked.method} ${realUrl(asked)} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
			real.write(head);
			socket.pipe(real).pipe(socket);
		});
		real.on('error', () => socket.destroy());
		socket.on('error', () => real.destroy()).on('close', () => real.destroy());
	});
	const socketPath = path.join(temporaryFolder('as-29'), 'd.sock');
	await new Promise<void>(resolve => server.listen(socketPath, resolve));
	atExit(() => {
		server.close();
		server.closeAllConnections();
	});
	return `unix://${socketPath}`;
};

const readUrl = (url: string): {minor: number | null; place: string} => {
	const [, minor, place = ''] = /^(?:\/v1\.(\d+))?(\/[^?]*)/.exec(url) ?? [];
	return {minor: minor === undefined ? null : Number(minor), place};
};

const realUrl = ({url = ''}: IncomingMessage): string =>
	url.replace(`/v${apiVersion}/`, `/v${realApiVersion}/`);

const handBack = (place: string, real: IncomingMessage, answer: ServerResponse): void => {
	const headers = {...real.headers};
	if (headers['api-version'] !== undefined) headers['api-version'] = apiVersion;
	if (headers.server !== undefined) headers.server = `Docker/${version} (linux)`;
	const change = changed.find(({path: places}) => places.test(place))?.change;
	const isProgress = /^\/images\/(?:create|load|.*\/push)$/.test(place);
	if (!change && !isProgress) {
		// At once: `docker run` waits for the head of an answer whose body comes when the container ends.
		answer.writeHead(real.statusCode ?? 500, headers).flushHeaders();
		real.pipe(answer);
		return;
	}
	const chunks: Buffer[] = [];
	real.on('data', chunk => chunks.push(chunk));
	real.on('end', () => {
		const text = Buffer.concat(chunks).toString();
		delete headers['content-length'];
		answer.writeHead(real.statusCode ?? 500, headers);
		answer.end(
			change && real.statusCode === 200 ? JSON.stringify(change(JSON.parse(text))) : withoutError(text),
		);
	});
};
