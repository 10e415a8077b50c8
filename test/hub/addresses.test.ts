import type {NetworkInterfaceInfo} from 'node:os';
import test from 'ava';
import {formatAddress, listAddresses} from '../../source/hub/addresses.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

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

test('on Linux, a bridge without a network card and a tunnel are virtual whatever their names are', t => {
	const folder = temporaryFolder();
	writeFiles(folder, {
		'lab-net/bridge/bridge_id': '',
		'lab-net/brif/veth1/port_no': '',
		'veth1/type': '1',
		'br0/bridge/bridge_id': '',
		'br0/brif/enp1s0/port_no': '',
		'enp1s0/device/vendor': '',
		'office/tun_flags': '',
		'wlp3s0/device/vendor': '',
	});
	const interfaces = {
		'lab-net': [found('10.88.0.1')],
		office: [found('10.9.0.2')],
		br0: [found('192.168.1.20')],
		wlp3s0: [found('192.168.7.3')],
	};
	t.deepEqual(
		listAddresses(interfaces, folder).map(({interface: name, isVirtual}) => [name, isVirtual]),
		[
			['br0', false],
			['wlp3s0', false],
			['lab-net', true],
			['office', true],
		],
	);
});

test('an address is written as in a URL', t => {
	t.is(formatAddress('10.0.0.5', 8400), '10.0.0.5:8400');
	t.is(formatAddress('fd00::5', 8400), '[fd00::5]:8400');
});
