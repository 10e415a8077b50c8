import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

/**
 * The packages of a bundle, from the bundler's list of inputs: name, version, licence and its text, sorted by name.
 * Throws for a package without a licence, which must not be shipped.
 */
export const bundledPackages = async inputs => {
	const folders = new Set();
	for (const input of inputs) {
		const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
		if (folder) folders.add(folder);
	}
	const packages = await Promise.all([...folders].map(readPackage));
	return packages.sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
};

const readPackage = async folder => {
	const {name, version, license} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	if (!license) throw new Error(`${name} ${version} names no licence.`);
	const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry));
	const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
	return {name, version, license, text: text.trim()};
};

/** The licences of packages as one text. A licence that several share is listed once, below their names. */
export const formatLicences = packages => {
	const sharers = new Map();
	for (const one of packages) sharers.set(one.text, [...(sharers.get(one.text) ?? []), one]);
	return [
		'The program contains these packages, each under its own licence.\n',
		...[...sharers].map(([text, sharing]) => {
			const names = sharing.map(({name, version, license}) => `${name} ${version}: ${license}`);
			return ['-'.repeat(76), ...names, '', text, ''].join('\n');
		}),
	].join('\n');
};
