import test from 'ava';
import {formatHubAddress, parseHubAddress} from '../../source/seat/hub-address.js';

const rows: Array<[typed: string, address: string | null]> = [
	['192.0.2.7', '192.0.2.7:8400'],
	[' 192.0.2.7:9000 ', '192.0.2.7:9000'],
	['http://192.0.2.7:8400/', '192.0.2.7:8400'],
	['HTTPS://192.0.2.7', '192.0.2.7:8400'],
	['teacher.local', 'teacher.local:8400'],
	['2001:db8::7', '[2001:db8::7]:8400'],
	['[2001:db8::7]:9000', '[2001:db8::7]:9000'],
	['', null],
	['192.0.2.7:0', null],
	['192.0.2.7:99999', null],
	['192.0.2.7/pack', null],
	['ada@192.0.2.7', null],
	['two words', null],
	['host?query', null],
	['$(id)', null],
];
for (const [typed, address] of rows) {
	test(`“${typed}” is ${address ?? 'no address'}`, t => {
		const parsed = parseHubAddress(typed);
		t.is(parsed && formatHubAddress(parsed), address);
	});
}
