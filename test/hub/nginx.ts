import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import which from 'which';
import {enginesCache} from '../tools/engines-cache.js';
import {findPort} from '../tools/find-port.js';

const unpacked = path.join(enginesCache, 'root', 'nginx', 'usr', 'sbin', 'nginx');

/** The nginx of this machine, or what `test/hub/get-nginx` has got; null if there is none. */
export const findNginx = (): string | null =>
	which.sync('nginx', {nothrow: true}) ?? (existsSync(unpacked) ? unpacked : null);

/**
 * Serves a folder by nginx, much as Debian configures it, on loopback. `place`: an empty folder for its own files;
 * `changes`: to its configuration.
 */
export const serveByNginx = async (nginx: string, folder: string, place: string, changes = '') => {
	mkdirSync(path.join(place, 'logs'));
	const port = await findPort();
	writeFileSync(
		path.join(place, 'nginx.conf'),
		`user root; daemon off; pid ${place}/pid; error_log stderr; worker_processes auto;
		events { worker_connections 768; }
		http { sendfile on; tcp_nopush on; access_log off; default_type application/octet-stream;
			client_body_temp_path ${place}/body; proxy_temp_path ${place}/proxy; fastcgi_temp_path ${place}/fastcgi;
			uwsgi_temp_path ${place}/uwsgi; scgi_temp_path ${place}/scgi;
			server { listen 127.0.0.1:${port}; root ${folder}; ${changes} } }`,
	);
	const running = execa(nginx, ['-p', place, '-c', path.join(place, 'nginx.conf')], {reject: false});
	const url = `http://127.0.0.1:${port}/`;
	while (running.exitCode === null || running.exitCode === undefined) {
		if (
			await fetch(url).then(
				() => true,
				() => false,
			)
		)
			return {url, stop: () => void running.kill('SIGTERM')};
	}
	throw new Error((await running).stderr);
};
