import {readFileSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import path from 'node:path';
import {createRandom} from '../tools/create-random.js';
import {type Asked, etagOf, type Misbehave, sendWhole} from './file-server.js';
import {writeSamplePack} from './sample-pack.js';

/** The pack that they serve. */
export const sample = await writeSamplePack();
/** The file of it with which they misbehave. */
export const image = 'images/a-1.tar';
export const size = readFileSync(path.join(sample.folder, image)).length;

/** Only for the image, unless it is about something else. */
export const forImage =
	(answer: (asked: Asked, response: ServerResponse) => boolean): Misbehave =>
	(asked, response) =>
		asked.file === image && answer(asked, response);

const flipped = (body: Buffer): Buffer => {
	const other = Buffer.from(body);
	other[700] = (other[700] ?? 0) ^ 1;
	return other;
};

const random = createRandom(2026);
const cuts = Array.from({length: 6}, () => Math.floor(random() * size)).sort((a, b) => a - b);

/** Servers from which the sample can be had, and the ranges with which its image is asked for. */
export const bearable: Array<{what: string; server: Misbehave; starts: Array<number | null>}> = [
	{what: 'a sound server', server: () => false, starts: [null]},
	{
		what: `a server that cuts the image at ${cuts.join(', ')} bytes`,
		server: forImage((asked, response) => {
			const cut = cuts[asked.before];
			if (cut !== undefined) sendWhole(asked, response, cut);
			return cut !== undefined;
		}),
		starts: [null, ...cuts],
	},
	{
		what: 'a server without ranges that cuts the image twice',
		server: forImage((asked, response) => {
			sendWhole({...asked, from: null}, response, asked.before < 2 ? 4000 : undefined);
			return true;
		}),
		starts: [null, 4000, 4000],
	},
	{
		what: 'a server that changes a byte once',
		server: forImage((asked, response) => {
			if (asked.before === 0) sendWhole({...asked, body: flipped(asked.body)}, response);
			return asked.before === 0;
		}),
		starts: [null, null],
	},
	{
		what: 'a server whose file is another one after a cut',
		server: forImage((asked, response) => {
			if (asked.before === 0) sendWhole({...asked, body: flipped(asked.body)}, response, 4000);
			return asked.before === 0;
		}),
		starts: [null, 4000],
	},
	{
		what: 'a server that answers with another range',
		server: forImage((asked, response) => {
			if (asked.before === 0) sendWhole(asked, response, 4000);
			if (asked.before === 1) {
				response.writeHead(206, {'Content-Range': `bytes 0-${size - 1}/${size}`}).end(asked.body);
			}
			return asked.before < 2;
		}),
		starts: [null, 4000, null],
	},
	{
		what: 'a server that refuses ranges',
		server: forImage((asked, response) => {
			if (asked.before === 0) sendWhole(asked, response, 4000);
			if (asked.before === 1) response.writeHead(416).end();
			return asked.before < 2;
		}),
		starts: [null, 4000, null],
	},
	{
		what: 'a server that says nothing any more in the middle',
		server: forImage((asked, response) => {
			if (asked.before === 0) {
				response.writeHead(200, {ETag: etagOf(asked.body), 'Content-Length': size});
				response.write(asked.body.subarray(0, 5000));
			}
			return asked.before === 0;
		}),
		starts: [null, 5000],
	},
	{
		what: 'a server that never answers the first time',
		server: forImage(asked => asked.before === 0),
		starts: [null, null],
	},
	{
		what: 'a server that is overloaded for a while',
		server: forImage((asked, response) => {
			if (asked.before < 4) response.writeHead([500, 502, 503, 429][asked.before] ?? 500).end();
			return asked.before < 4;
		}),
		starts: [null, null, null, null, null],
	},
	{
		what: 'a server that redirects on itself',
		server: (asked, response) => {
			if (asked.file !== image) return false;
			response.writeHead(302, {Location: `/elsewhere/../${image}?again`}).end();
			return true;
		},
		starts: [null],
	},
];

/** Servers from which nothing can be had. `asks`: how often the image is asked for. */
export const unbearable: Array<{what: string; server: Misbehave; says: RegExp; asks: number}> = [
	{
		what: 'changes a byte each time',
		server: forImage((asked, response) => {
			sendWhole({...asked, body: flipped(asked.body)}, response);
			return true;
		}),
		says: /sends a file images\/a-1\.tar with other bytes than the pack’s manifest names, twice/,
		asks: 2,
	},
	{
		what: 'has a shorter file',
		server: forImage((asked, response) => {
			sendWhole({...asked, body: asked.body.subarray(0, 4000)}, response);
			return true;
		}),
		says: /with other bytes than the pack’s manifest names, twice/,
		asks: 2,
	},
	{
		what: 'never ends the file',
		server: forImage((_asked, response) => {
			const more = () => response.write(Buffer.alloc(64 * 1024), error => error ?? setImmediate(more));
			response.writeHead(200);
			more();
			return true;
		}),
		says: /with other bytes than the pack’s manifest names, twice/,
		asks: 2,
	},
	{
		what: 'lacks the file',
		server: forImage((_asked, response) => Boolean(response.writeHead(404).end('Nothing.'))),
		says: /has no file images\/a-1\.tar\./,
		asks: 1,
	},
	{
		what: 'wants a password',
		server: forImage((_asked, response) => Boolean(response.writeHead(401).end())),
		says: /does not hand out the file images\/a-1\.tar: it answers with the status 401\./,
		asks: 1,
	},
	{
		what: 'has broken down',
		server: forImage((_asked, response) => Boolean(response.writeHead(500).end())),
		says: /images\/a-1\.tar can’t be downloaded from 127\.0\.0\.1:\d+: the server answers with the status 500\./,
		asks: 9,
	},
	{
		what: 'cuts each answer after ten bytes',
		server: forImage((asked, response) => {
			sendWhole(asked, response, (asked.from ?? 0) + 10);
			return true;
		}),
		says: /can’t be downloaded from 127\.0\.0\.1:\d+: the connection was cut\./,
		asks: 9,
	},
	{
		what: 'redirects to another host',
		server: forImage((_asked, response) =>
			Boolean(response.writeHead(302, {Location: `http://localhost:1/${image}`}).end()),
		),
		says: /sends the request for the file images\/a-1\.tar to another server/,
		asks: 1,
	},
	{
		what: 'redirects for ever',
		server: forImage((_asked, response) => Boolean(response.writeHead(307, {Location: `/${image}`}).end())),
		says: /sends the request for the file images\/a-1\.tar to another server/,
		asks: 6,
	},
];
