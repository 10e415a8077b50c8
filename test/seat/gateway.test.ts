import test from 'ava';
import {gatewayReaders} from '../../source/seat/gateway.js';

const linux = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t0002A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0
wlan0\t00000000\t0102A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
`;
const darwin = `   route to: default
destination: default
       mask: default
    gateway: 192.168.2.1
  interface: en0
`;
const win32 = `===========================================================================
IPv4-Routentabelle
===========================================================================
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.2.1    192.168.2.34     35
===========================================================================
`;

for (const [system, text] of Object.entries({linux, darwin, win32})) {
	const read = gatewayReaders[system as keyof typeof gatewayReaders];
	test(`the gateway is found in the routes of ${system}`, t => t.is(read(text), '192.168.2.1'));
	test(`routes of ${system} without a gateway have none`, t => {
		t.is(read(text.replace(/0102A8C0|192\.168\.2\.1\b/, 'link#4')), null);
		t.is(read(''), null);
	});
}
