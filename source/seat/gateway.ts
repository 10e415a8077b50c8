import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {tryRead} from '../storage/files.js';

/** Reads the IPv4 address of the default gateway from what the system says of its routes; null if it has none. */
export const gatewayReaders = {
	/** `/proc/net/route`: addresses are hexadecimal, last byte first. */
	linux(text: string): string | null {
		const rows = text.split('\n').map(line => line.trim().split(/\s+/));
		const [, , gateway = ''] = rows.find(row => row[1] === '00000000' && row[2] !== '00000000') ?? [];
		const bytes = gateway.match(/../g)?.map(byte => Number.parseInt(byte, 16)) ?? [];
		return bytes.length === 4 ? bytes.reverse().join('.') : null;
	},
	/** `route -n get default` */
	darwin: (text: string): string | null => /^\s*gateway:\s*([\d.]+)\s*$/m.exec(text)?.[1] ?? null,
	/** `route print -4 0.0.0.0`, in any language. */
	win32: (text: string): string | null => /^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\d[\d.]+)/m.exec(text)?.[1] ?? null,
};

const run = promisify(execFile);

const findGateway = async (): Promise<string | null> => {
	const options = {timeout: timeoutMs, windowsHide: true};
	if (process.platform === 'linux')
		return gatewayReaders.linux(tryRead(() => readFileSync('/proc/net/route', 'utf8')) ?? '');
	if (process.platform === 'darwin')
		return gatewayReaders.darwin((await run('/sbin/route', ['-n', 'get', 'default'], options)).stdout);
	if (process.platform !== 'win32') return null;
	const program = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'route.exe');
	return gatewayReaders.win32((await run(program, ['print', '-4', '0.0.0.0'], options)).stdout);
};

/** Milliseconds: `join` tells within two seconds what is wrong. */
const timeoutMs = 1200;

/** Ports on which routers often listen. A refusal is an answer, too. */
const ports = [53, 80, 443];

/** Whether the default gateway answers: then the network works, whatever does not. Never rejects. */
export const answersGateway = async (): Promise<boolean> => {
	const gateway = await findGateway().catch(() => null);
	return gateway !== null && Promise.any(ports.map(port => knock(gateway, port))).catch(() => false);
};

const knock = (host: string, port: number): Promise<true> =>
	new Promise((resolve, reject) => {
		const socket = connect({host, port, timeout: timeoutMs});
		socket.once('connect', () => resolve(true));
		socket.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'ECONNREFUSED' ? resolve(true) : reject(error),
		);
		socket.once('timeout', () => reject(new Error('ETIMEDOUT')));
		for (const event of ['connect', 'timeout']) socket.once(event, () => socket.destroy());
	});
