R=[("con-dau-nhan-giu-ban-giao.md","Hội đồng bầu cử xã",1,"Ủy ban bầu cử xã"),
("con-dau-nhan-giu-ban-giao.md","gửi Phòng Nội vụ huyện theo dõi",2,"cấp huyện đã bỏ; không có Phòng Nội vụ huyện, dấu giao UBND xã/tỉnh"),
("in-va-giao-nhan-phieu-bau.md","muộn nhất là trước ngày bỏ phiếu 15 ngày",5,"13 ngày trước ngày bầu cử (02/3/2026), Đ.24 k.3 d"),
("in-va-giao-nhan-phieu-bau.md","biên bản kiểm kê việc sử dụng phiếu (Mẫu 31)",4,"Mẫu 32 (Mẫu 31 là danh sách cử tri)"),
("hoi-nghi-cu-tri-noi-cu-tru.md","phải có tối thiểu 70 cử tri đến họp",6,"ít nhất 55 người (70 là của nơi công tác)"),
("hoi-nghi-cu-tri-noi-cu-tru.md","Ban Thường trực Mặt trận huyện",2,"không còn cấp huyện; chỉ MTTQ xã, tỉnh"),
("hoi-nghi-cu-tri-noi-cu-tru.md","Phải xong trước ngày bầu cử chậm nhất bốn mươi ngày",5,"35 ngày (08/02/2026), Đ.46 k.4, 55 k.4"),
("le-khai-mac-sang-bau-cu.md","Ngày 23 tháng 5 năm 2026",3,"Ngày 15 tháng 3 năm 2026"),
("le-khai-mac-sang-bau-cu.md","Cả lễ gói trong 45 đến 60 phút",6,"khoảng 15-20 phút (S9 câu 163, 164)"),
("le-khai-mac-sang-bau-cu.md","Phải mở hòm cho hai cử tri có mặt xem rõ bên trong rỗng",7,"ô MUST phải nêu nguồn (Đ.71 k.2; S9 câu 165); cả bài không nêu nguồn nào"),
("nhan-ho-so-ung-cu-hdnd-xa.md","17h00 ngày 15/02/2026",3,"17h00 ngày 01/02/2026"),
("nhan-ho-so-ung-cu-hdnd-xa.md","giấy biên nhận theo Mẫu 04",4,"Mẫu 08 (Mẫu 04 là của ĐBQH)"),
("bau-bo-sung-hdnd-giua-nhiem-ky.md","nhiệm kỳ 2025-2030",1,"nhiệm kỳ 2026-2031"),
("bau-bo-sung-hdnd-giua-nhiem-ky.md","[Điều 88](/van-ban/85-2015-qh13/dieu-88)",8,"Điều 89 (Điều 88 là xác nhận tư cách)"),
("bau-bo-sung-hdnd-giua-nhiem-ky.md","số 65/2025/QH15",8,"72/2025/QH15 (thay Luật 65/2025/QH15)"),
("hd-9001.md","Tòa án nhân dân cấp huyện",2,"Tòa án nhân dân khu vực"),
("hd-9002.md","ngày 07/3/2026",3,"27/02/2026 (16 ngày trước)"),
("hd-9003.md","Không phục kết quả bầu cử đã công bố thì gửi đơn đâu, mấy hôm có trả lời?",7,"thiếu basis trong front matter (Đ.87; S9 câu 191)"),
("hd-9003.md","Quốc hội khóa XV lần này",1,"khóa XVI"),
("hd-9003.md","giải quyết trong hai mươi ngày",5,"07 ngày kể từ khi nhận, Đ.87 k.2")]
import collections,glob,re,unicodedata
open("KEY.tsv","w").write("".join("\t".join(map(str,r))+"\n" for r in R))
R=[l.rstrip("\n").split("\t") for l in open("KEY.tsv")]
assert len(R)==20 and all(len(r)==4 for r in R)
for f,q,k,_ in R:
    n=open(f).read().count(q)
    if n!=1: print("BAD",f,q,n)
print(sorted(collections.Counter(r[2] for r in R).items()))
pf=collections.Counter(r[0] for r in R);print(pf)
for f in sorted(glob.glob("*.md")):
    t=open(f).read();assert t==unicodedata.normalize("NFC",t)
    fm,b=t.split("---\n",2)[1:]
    b=re.sub(r"\]\([^)]*\)","]",b)
    print(f,len(re.findall(r"\w+",b)),"basis:" in fm, pf[f])
