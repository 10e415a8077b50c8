import test from 'ava';
import {
	createCode,
	deriveKey,
	isSameProof,
	normaliseCode,
	proveCode,
} from '../../source/classroom/join-code.js';

const typed: Array<[string, string | null]> = [
	['K7M-4QX', 'K7M-4QX'],
	['k7m4qx', 'K7M-4QX'],
	[' k7m 4qx ', 'K7M-4QX'],
	['k7m–4qx', 'K7M-4QX'],
	['OIL-UUU', '011-VVV'],
	['oil-uuu', '011-VVV'],
	['K7M-4Q', null],
	['K7M-4QXX', null],
	['K7M-4Q!', null],
	['K7M-4QÄ', null],
	['', null],
];
for (const [text, code] of typed) {
	test(`what is typed as “${text}” is ${code ?? 'no code'}`, t => t.is(normaliseCode(text), code));
}

test('a created code is read back as it is, and no two are alike', t => {
	const codes = Array.from({length: 200}, createCode);
	for (const code of codes) {
		t.regex(code, /^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
		t.is(normaliseCode(code), code);
	}
	t.is(new Set(codes).size, codes.length);
});

test('a proof depends on the code, the salt, the role, the certificate and the nonce', async t => {
	const keys = await Promise.all([
		deriveKey('K7M-4QX', 'c2FsdA'),
		deriveKey('K7M-4QY', 'c2FsdA'),
		deriveKey('K7M-4QX', 'c2FsdHM'),
	]);
	const [key = Buffer.alloc(0)] = keys;
	const base = {key, fingerprint: 'a'.repeat(64), nonce: 'bm9uY2U'};
	const proofs = [
		...keys.map(other => proveCode('hub', {...base, key: other})),
		proveCode('seat', base),
		proveCode('hub', {...base, fingerprint: 'b'.repeat(64)}),
		proveCode('hub', {...base, nonce: 'bm9uY2V'}),
	];
	t.is(new Set(proofs).size, proofs.length);
	t.true(isSameProof(proofs[0] ?? '', proveCode('hub', base)));
	t.false(isSameProof(proofs[0] ?? '', proofs[1] ?? ''));
	t.false(isSameProof(proofs[0] ?? '', ''));
});
