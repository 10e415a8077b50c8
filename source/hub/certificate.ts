import {createPrivateKey, generateKeyPairSync, randomBytes, sign} from 'node:crypto';
import {AsnConvert} from '@peculiar/asn1-schema';
import {
	AlgorithmIdentifier,
	AttributeTypeAndValue,
	AttributeValue,
	Certificate,
	Name,
	RelativeDistinguishedName,
	SubjectPublicKeyInfo,
	TBSCertificate,
	Validity,
	Version,
} from '@peculiar/asn1-x509';

/** A certificate and its private key, both in PEM. */
export type KeyAndCertificate = {key: string; certificate: string};

const commonName = '2.5.4.3';
const ed25519 = '1.3.101.112';

/** Seats compare the fingerprint and no dates: clocks in a classroom may be wrong. */
const validity = {notBefore: new Date('2020-01-01'), notAfter: new Date('2049-12-31')};

/** Creates a self-signed Ed25519 certificate for one class. */
export const createCertificate = (): KeyAndCertificate => {
	const {privateKey, publicKey} = generateKeyPairSync('ed25519', {
		publicKeyEncoding: {type: 'spki', format: 'der'},
		privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
	});
	const algorithm = new AlgorithmIdentifier({algorithm: ed25519});
	const value = new AttributeValue({utf8String: 'multistage-workshop class'});
	const name = new Name([
		new RelativeDistinguishedName([new AttributeTypeAndValue({type: commonName, value})]),
	]);
	const tbsCertificate = new TBSCertificate({
		version: Version.v3,
		serialNumber: createSerialNumber(),
		signature: algorithm,
		issuer: name,
		subject: name,
		validity: new Validity(validity),
		subjectPublicKeyInfo: new SubjectPublicKeyInfo({
			algorithm,
			// The key itself is the end of its encoding; see RFC 8410.
			subjectPublicKey: toArrayBuffer(publicKey.subarray(-32)),
		}),
	});
	const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
	const signatureValue = toArrayBuffer(sign(null, signed, createPrivateKey(privateKey)));
	const encoded = AsnConvert.serialize(
		new Certificate({tbsCertificate, signatureAlgorithm: algorithm, signatureValue}),
	);
	return {key: privateKey, certificate: toPem(Buffer.from(encoded))};
};

/** 16 random bytes whose first bits are 01, so that they are a positive number without a leading zero byte. */
const createSerialNumber = (): ArrayBuffer => {
	const bytes = randomBytes(16);
	bytes.writeUInt8((bytes.readUInt8() & 0x3f) | 0x40);
	return toArrayBuffer(bytes);
};

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const toPem = (bytes: Buffer): string =>
	`-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
