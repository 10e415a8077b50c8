import {createPrivateKey, X509Certificate} from 'node:crypto';
import test from 'ava';
import {createCertificate} from '../../source/hub/certificate.js';

test('a certificate is signed with the key that belongs to it, and no two are alike', t => {
	const [one, other] = [createCertificate(), createCertificate()];
	const certificate = new X509Certificate(one.certificate);
	t.true(certificate.verify(certificate.publicKey));
	t.true(certificate.checkPrivateKey(createPrivateKey(one.key)));
	t.false(certificate.checkPrivateKey(createPrivateKey(other.key)));
	t.not(certificate.fingerprint256, new X509Certificate(other.certificate).fingerprint256);
	t.not(certificate.serialNumber, new X509Certificate(other.certificate).serialNumber);
});

test('a certificate holds whatever the clocks say', t => {
	const {validFrom, validTo} = new X509Certificate(createCertificate().certificate);
	t.deepEqual([new Date(validFrom).getUTCFullYear(), new Date(validTo).getUTCFullYear()], [2020, 2049]);
});
