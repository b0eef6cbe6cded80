//! Photos on their way into the store: a queue for decoding (`pipeline`), and a child process that decodes (`process`). The rules of what
//! is kept of a photo are the domain's.

mod pipeline;
pub mod process;

pub(crate) use pipeline::PhotoPipeline;
pub use process::PhotoProcess;
