import type {NetworkInterfaceInfo} from 'node:os';
import test from 'ava';
import {formatAddress, listAddresses} from '../../source/hub/addresses.js';

const found = (address: string, internal = false): NetworkInterfaceInfo => {
	const base = {address, netmask: '', mac: '', internal, cidr: null};
	return address.includes(':') ? {...base, family: 'IPv6', scopeid: 0} : {...base, family: 'IPv4'};
};

test('addresses that learners may reach come first, those of containers last, and some never', t => {
	const listed = listAddresses({
		lo: [found('127.0.0.1', true), found('::1', true)],
		docker0: [found('172.17.0.1')],
		'br-4f1c': [found('172.18.0.1')],
		'vEthernet (WSL (Hyper-V firewall))': [found('172.30.0.1')],
		tailscale0: [found('100.64.0.7'), found('fd7a::7')],
		wlp3s0: [found('fe80::1'), found('fd00::5'), found('192.168.1.20')],
		eth0: [found('169.254.3.4'), found('10.0.0.5')],
	});
	t.deepEqual(
		listed.map(({address, interface: name, isVirtual}) => `${address} ${name}${isVirtual ? ' virtual' : ''}`),
		[
			'192.168.1.20 wlp3s0',
			'10.0.0.5 eth0',
			'fd00::5 wlp3s0',
			'172.17.0.1 docker0 virtual',
			'172.18.0.1 br-4f1c virtual',
			'172.30.0.1 vEthernet (WSL (Hyper-V firewall)) virtual',
			'100.64.0.7 tailscale0 virtual',
			'fd7a::7 tailscale0 virtual',
		],
	);
});

test('an address is written as in a URL', t => {
	t.is(formatAddress('10.0.0.5', 8400), '10.0.0.5:8400');
	t.is(formatAddress('fd00::5', 8400), '[fd00::5]:8400');
});
