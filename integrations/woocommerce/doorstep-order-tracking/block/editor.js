// Registers the block in the editor, which shows its title. The server renders the block in pages.
(function (blocks, element, blockEditor) {
	const name = 'doorstep/order-tracking';
	blocks.registerBlockType(name, {
		edit: () => element.createElement('div', blockEditor.useBlockProps(), blocks.getBlockType(name).title),
		save: () => null,
	});
})(window.wp.blocks, window.wp.element, window.wp.blockEditor);
