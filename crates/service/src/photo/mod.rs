//! Photos before they are stored: a queue for decoding (`pipeline`), and a child process that decodes (`process`).
//! `doorstep_media` defines the parts of a photo that are kept.

mod pipeline;
pub mod process;

pub(crate) use pipeline::PhotoPipeline;
pub use process::PhotoProcess;
