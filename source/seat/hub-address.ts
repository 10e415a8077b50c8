import {isIPv6} from 'node:net';
import {defaultPort} from '../classroom/protocol.js';

/** Where a hub listens. `host`: a name or an IP address, without brackets. */
export type HubAddress = {host: string; port: number};

/** Reads an address as people type it: with or without port, scheme and slash. Null if it can't be one. */
export const parseHubAddress = (typed: string): HubAddress | null => {
	const text = typed.trim();
	const bare = isIPv6(text) ? `[${text}]` : text.replace(/^https?:\/\//i, '');
	if (!URL.canParse(`hub://${bare}`)) return null;
	const url = new URL(`hub://${bare}`);
	if (url.hostname === '' || url.username !== '' || url.search !== '' || url.hash !== '') return null;
	if (!/^\/?$/.test(url.pathname) || !/^[\w.:[\]-]+$/.test(url.hostname)) return null;
	const port = url.port === '' ? defaultPort : Number(url.port);
	return port === 0 ? null : {host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port};
};

/** The address as people type it, always with the port. */
export const formatHubAddress = ({host, port}: HubAddress): string =>
	`${isIPv6(host) ? `[${host}]` : host}:${port}`;
