package web

import (
	"errors"
	"io"
	"mime/multipart"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"sotay/internal/fault"
)

// uploadPaths take a file; all other addresses take no more than a form.
var uploadPaths = []string{"/can-bo/nhap"}

// sizeOfBody lets only addresses for files take as much as a file has, and the
// time that a slow line needs for it. It is asked before the body is read.
func sizeOfBody(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := strings.Cut(string(header.RequestURI()), "?")
	if string(header.Method()) == fiber.MethodPost && slices.Contains(uploadPaths, path) {
		return fasthttp.RequestConfig{MaxRequestBodySize: MaxUploadBytes, ReadTimeout: uploadTime}
	}
	return fasthttp.RequestConfig{}
}

// upload is the one file of a form.
type upload struct {
	name string
	data []byte
}

var errNoUpload = errors.New("no file chosen")

// readUpload reads a form that has one file and the token, and nothing else;
// errNoUpload when none was chosen.
func readUpload(c *fiber.Ctx, field string) (upload, error) {
	form, err := c.MultipartForm()
	if err != nil {
		return upload{}, fault.Invalid("Trang chỉ nhận tệp gửi từ biểu mẫu của chính trang này. Hãy mở lại trang rồi gửi lại.")
	}
	for name := range form.Value {
		if name != tokenField {
			return upload{}, fault.Invalid("Biểu mẫu có mục mà trang không biết. Hãy tải lại trang rồi gửi lại.")
		}
	}
	for name, files := range form.File {
		if name != field || len(files) != 1 {
			return upload{}, fault.Invalid("Mỗi lần chỉ gửi được một tệp. Hãy chọn lại.")
		}
	}
	if len(form.File[field]) == 0 || form.File[field][0].Filename == "" {
		return upload{}, errNoUpload
	}
	return openUpload(form.File[field][0])
}

func openUpload(header *multipart.FileHeader) (upload, error) {
	file, err := header.Open()
	if err != nil {
		return upload{}, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return upload{name: legible(header.Filename, maxPersonRunes), data: data}, err
}
