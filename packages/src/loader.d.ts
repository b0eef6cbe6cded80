// Declares the module that the build makes of embed/packaged.ts: importing it in a browser defines the element.

export {};
