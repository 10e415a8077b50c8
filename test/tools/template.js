/** An esbuild plugin that puts the files of the template into a bundle, where the module would look for them on disk. */
export const takeTemplate = {
	name: 'take-template',
	setup({onLoad}) {
		onLoad({filter: /\/template-files\.ts$/}, async () => {
			const {templateFiles} = await import('../../source/app/template-files.ts');
			const contents = `export const templateFiles = new Map(${JSON.stringify([...templateFiles])});`;
			return {contents, loader: 'js'};
		});
	},
};
