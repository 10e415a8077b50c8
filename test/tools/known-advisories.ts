/** An advisory about a bundled package. `affects`: a range in npm's syntax; `about`: its address. */
export type Advisory = {name: string; affects: string; about: string};

const published = (id: string): string => `https://github.com/advisories/${id}`;

/** In September 2025, attackers published malicious versions of these packages. */
const stolen = 'https://github.com/chalk/chalk/issues/656';

/**
 * The advisories known in November 2026, for use without an advisory service. One has no number yet: tar-fs 2.1.6
 * rejects links with which earlier versions could be led out of a folder.
 */
export const knownAdvisories: Advisory[] = [
	{
		name: 'ansi-regex',
		affects: '>=3.0.0 <3.0.1 || >=4.0.0 <4.1.1 || 5.0.0 || 6.0.0',
		about: published('GHSA-93q8-gq69-wqmw'),
	},
	{name: 'ansi-regex', affects: '6.2.1', about: stolen},
	{name: 'ansi-styles', affects: '6.2.2', about: stolen},
	{
		name: 'bl',
		affects: '<1.2.3 || >=2.0.0 <2.2.1 || >=3.0.0 <3.0.1 || >=4.0.0 <4.0.3',
		about: published('GHSA-pp7h-53gx-mx7r'),
	},
	{name: 'chalk', affects: '5.6.1', about: stolen},
	{name: 'cross-spawn', affects: '<6.0.6 || >=7.0.0 <7.0.5', about: published('GHSA-3xgq-45jq-v275')},
	{name: 'debug', affects: '4.4.2', about: stolen},
	{
		name: 'diff',
		affects: '<3.5.1 || >=4.0.0 <4.0.4 || >=5.0.0 <5.2.2 || >=6.0.0 <8.0.3',
		about: published('GHSA-73rr-hh4g-fpgx'),
	},
	{name: 'ms', affects: '<2.0.0', about: published('GHSA-w9mr-4mfr-499f')},
	{name: 'shell-quote', affects: '<1.8.4', about: published('GHSA-w7jw-789q-3m8p')},
	{name: 'shell-quote', affects: '<1.9.0', about: published('GHSA-395f-4hp3-45gv')},
	{name: 'slice-ansi', affects: '7.1.1', about: stolen},
	{name: 'strip-ansi', affects: '7.1.1', about: stolen},
	{
		name: 'tar-fs',
		affects: '<1.16.6 || >=2.0.0 <2.1.4 || >=3.0.0 <3.1.1',
		about: published('GHSA-vj76-c3g6-qr5v'),
	},
	{name: 'tar-fs', affects: '>=2.0.0 <2.1.6', about: 'https://www.npmjs.com/package/tar-fs/v/2.1.6'},
	{name: 'valibot', affects: '>=0.31.0 <1.2.0', about: published('GHSA-vqpr-j7v3-hqw9')},
	{name: 'wrap-ansi', affects: '9.0.1', about: stolen},
	{name: 'yaml', affects: '<1.10.3 || >=2.0.0 <2.8.3', about: published('GHSA-48c2-rrv3-qjmp')},
];
