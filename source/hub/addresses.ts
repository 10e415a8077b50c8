import {existsSync} from 'node:fs';
import {isIPv4} from 'node:net';
import {type NetworkInterfaceInfo, networkInterfaces} from 'node:os';
import path from 'node:path';
import {listNames} from '../storage/files.js';

/** An address of this machine that others may reach. */
export type LocalAddress = {
	address: string;
	/** The name of its network interface. */
	interface: string;
	/** Whether the interface belongs to containers, virtual machines or a tunnel: learners are hardly there. */
	isVirtual: boolean;
};

/** Where Linux describes the network interfaces. */
const linuxInterfaces = '/sys/class/net';

/**
 * Whether Linux says that an interface, whatever its name, is a tunnel, or a bridge of containers or virtual machines: one
 * without a network card. A bridge with a card is how its machine is reached.
 */
const isSoftware = (name: string, folder: string): boolean => {
	const own = path.join(folder, name);
	if (existsSync(path.join(own, 'tun_flags'))) return true;
	if (!existsSync(path.join(own, 'bridge'))) return false;
	return !listNames(path.join(own, 'brif')).some(port => existsSync(path.join(folder, port, 'device')));
};

/** Names of interfaces of Docker, Podman, virtual machines, WSL and VPNs. */
const virtual =
	/^(?:docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|lxc|lxd|tun|tap|utun|wg|tailscale|zt|ppp|bridge\d|vEthernet|VMware|VirtualBox|Tailscale|WireGuard)|\((?:WSL|Default Switch)/i;

/** Addresses that hold on one cable only; IPv6 has them on every interface. */
const linkLocal = /^(?:169\.254\.|fe[89ab])/i;

/**
 * Lists them, the likeliest first: real interfaces before virtual ones, then IPv4 before IPv6. `folder`: where Linux
 * describes the interfaces.
 */
export const listAddresses = (
	interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
	folder = linuxInterfaces,
): LocalAddress[] => {
	const rank = ({address, isVirtual}: LocalAddress) => 2 * Number(isVirtual) + Number(!isIPv4(address));
	return Object.entries(interfaces)
		.flatMap(([name, addresses = []]) =>
			addresses
				.filter(({internal, address}) => !(internal || linkLocal.test(address)))
				.map(({address}) => ({
					address,
					interface: name,
					isVirtual: virtual.test(name) || isSoftware(name, folder),
				})),
		)
		.toSorted((a, b) => rank(a) - rank(b));
};

/** Writes an address and a port as in a URL. */
export const formatAddress = (address: string, port: number): string =>
	address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
