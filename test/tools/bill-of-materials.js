/**
 * The packages of a bundle as a software bill of materials, in the format CycloneDX 1.6. The same packages give the same
 * text: it holds no time and no serial number. `version`: of the program.
 */
export const formatBillOfMaterials = (packages, version) => {
	const name = 'multistage-workshop';
	const describe = one => ({
		type: 'library',
		'bom-ref': packageUrl(one),
		name: one.name,
		version: one.version,
		licenses: [isExpression(one.license) ? {expression: one.license} : {license: {id: one.license}}],
		purl: packageUrl(one),
	});
	const document = {
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			component: {
				type: 'application',
				'bom-ref': packageUrl({name, version}),
				name,
				version,
				purl: packageUrl({name, version}),
			},
		},
		components: packages.map(describe),
	};
	return `${JSON.stringify(document, null, '\t')}\n`;
};

/** Two licences and the word between them. */
const isExpression = license => /[ ()]/.test(license);

/** The address of a package in the notation of the package-url specification. */
const packageUrl = ({name, version}) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
