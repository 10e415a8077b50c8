import {readFileSync} from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {createHandOut} from '../../../source/hub/hand-out.js';

// A hub's plain HTTP side alone: `<folder of a pack>`. Prints its address.
const [folder = '.'] = process.argv.slice(2);
const manifest = readFileSync(path.join(folder, 'manifest.json'));
const server = http.createServer(createHandOut({folder, manifest, title: 'Bench', address: 'localhost'}));
server.listen(0, '127.0.0.1', () => {
	console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pack/`);
});
