//! Photos made small: drawn anew, so that nothing but the picture itself leaves the device.

use js_sys::{Function, Promise};
use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// The longest side at first (pixels): enough to read a label.
const LONGEST: f64 = 1_800.0;
/// How good the picture is at first, of 1.
const QUALITY: f64 = 0.82;
/// How often it is made smaller before it is given up.
const ATTEMPTS: u32 = 5;

/// The photo as JPEG of so many bytes at most; nothing where the browser cannot read it. The browser turns it upright as it reads it.
pub(crate) async fn small(file: &File, max_bytes: u64) -> Option<Blob> {
    let reading = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(reading).await.ok()?.dyn_into().ok()?;
    let mut longest = LONGEST;
    let mut quality = QUALITY;
    let mut made = None;
    for _ in 0..ATTEMPTS {
        let blob = drawn(&bitmap, longest, quality).await?;
        #[expect(clippy::cast_precision_loss, reason = "budgets are far below 2^53")]
        let fits = blob.size() <= max_bytes as f64;
        if fits {
            made = Some(blob);
            break;
        }
        longest *= 0.75;
        quality -= 0.08;
    }
    bitmap.close();
    made
}

async fn drawn(bitmap: &ImageBitmap, longest: f64, quality: f64) -> Option<Blob> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (longest / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the longest side")]
    let side = |length: f64| (length * scale).round().max(1.0) as u32;
    canvas.set_width(side(width));
    canvas.set_height(side(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // JPEG knows no transparency: what shines through is paper, not ink.
    context.set_fill_style_str("#fff");
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height).ok()?;
    let promise = Promise::new(&mut |resolve: Function, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality.into());
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
