import {isIP} from 'node:net';
import {networkInterfaces} from 'node:os';

/** Whether an IP address is one of this machine's. */
export const isOwnAddress = (address: string): boolean =>
	isLoopback(address) ||
	Object.values(networkInterfaces()).some(list => list?.some(one => one.address === address));

/** Whether a host name or an address always means this machine. */
export const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
