"""The industry departments that the documents name, each with its field and its article (reference list)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.search_keys import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department: its usual name, its other names and the field it guides."""

    name: str
    aliases: tuple[str, ...] = ()
    field: str = ""
    article: str = ""


def _d(name: str, *aliases: str, field: str = "", article: str = "") -> Department:
    return Department(name=name, aliases=aliases, field=field, article=article)


OTHER_DEPARTMENT: Final = "其他部门"

# 宜昌 annex 3, in the order of its rows.
YICHANG: Final = (
    _d("应急管理部门", "应急部门", "应急局", "应急管理局"),
    _d("住建部门", "住建局", "住房建设部门", "住房和城乡建设局", "住房城乡建设部门"),
    _d("交通部门", "交通局", "交通运输部门", "交通运输局"),
    _d("水利部门", "水利局", "水利和湖泊局", "水务部门"),
    _d("农业农村部门", "农业部门", "农业农村局"),
    _d("城管部门", "城管局", "城管委", "城市管理部门"),
    _d("自然资源和规划部门", "自然资源部门", "自规局", "自然资源和规划局"),
    _d("林业和园林部门", "林业部门", "园林部门", "林业和园林局"),
    _d("经信部门", "经信局", "经济和信息化部门", "经济和信息化局"),
    _d("商贸部门", "商务部门", "商务局"),
    _d("文化体育旅游部门", "文体旅部门", "文化和旅游局", "文旅局"),
    _d("公安部门", "公安局"),
    _d("消防部门", "消防救援部门", "消防救援大队"),
)

# 龙岗 第十八条(一)、第二十条 and 第十五条 name the departments of building and of emergencies; the rest by article.
LONGGANG: Final = (
    _d(
        "区住房建设部门", "住建部门", "住建局", field="房屋建筑、装修、电梯土建和拆除", article="第十五条、第十九条(一)"
    ),
    _d("区交通运输部门", "交通局", field="货运场站、公交场站、车辆维修站点等交通运输领域", article="第十六条"),
    _d("区水务部门", "水务局", field="水利、防洪、水库、河道、供排水、污水处理", article="第十七条"),
    _d("区应急管理部门", "应急局", field="零星作业统筹；工业企业、危险化学品企业", article="第十八条"),
    _d("区市场监管部门", "市场监管局", "区市场监督部门", field="农贸市场、电梯设备施工", article="第十九条(一)"),
    _d("区发改部门", "发改局", field="油气长输管线、电力等能源行业", article="第十九条(二)"),
    _d(
        "区工业和信息化部门", "工信局", "区工业和信息化局", field="工业园区、物流园区、商贸服务", article="第十九条(三)"
    ),
    _d("区政务服务和数据管理局", "政数局", "区政数局", field="通信行业和通信市政基础设施", article="第十九条(四)"),
    _d("区教育部门", "教育局", field="学校、幼儿园", article="第十九条(五)"),
    _d("区民政部门", "民政局", field="社会福利、养老、殡葬、救助机构和场所", article="第十九条(六)"),
    _d("区国有资产管理部门", "国资局", field="所监管的国有企业", article="第十九条(七)"),
    _d(
        "区文化广电旅游体育部门",
        "区文化广电旅游体育局",
        "区文旅游局",
        field="文化、广播电视、旅游、体育、文物",
        article="第十九条(八)",
    ),
    _d("区商务部门", "商务局", field="大型商业综合体、大型商超、再生资源场所", article="第十九条(九)"),
    _d("区卫生健康部门", "卫健局", field="医院、社康中心", article="第十九条(十)"),
    _d("规划和自然资源管理局", "规自局", field="国土空间整治、矿山地质、渔业", article="第十九条(十一)"),
    _d(
        "区城市管理和综合执法部门",
        "区城市管理和综合执法局",
        "城管局",
        field="环卫、公园绿化、照明、大型户外广告牌",
        article="第十九条(十二)",
    ),
    _d("区供电部门", "供电局", field="电力建设工程", article="第十九条(十三)"),
    _d("区消防救援大队", "消防部门", "街道消防监管机构", field="动火作业的消防安全", article="第十九条(十四)"),
    _d("区生态环境管理部门", "生态环境局", field="环境污染防治、水源保护", article="第十九条(十五)"),
    _d(OTHER_DEPARTMENT, "驻区单位", "区属企业", field="本部门、本行业、本单位", article="第十九条(十六)"),
)

# 君山 二（四）.
JUNSHAN: Final = tuple(
    _d(name, article="君山 二（四）")
    for name in (
        "公安部门",
        "应急部门",
        "教育部门",
        "民政部门",
        "卫健部门",
        "农业农村部门",
        "市监部门",
        "水利部门",
        "自然资源部门",
        "生态环境部门",
        "商务部门",
        "文旅广体部门",
        "消防救援部门",
        "住建部门",
        "城管部门",
    )
)

BY_PACK: Final = {"longgang": LONGGANG, "junshan": JUNSHAN, "yichang": YICHANG}


def departments_of(pack_id: str) -> tuple[Department, ...]:
    """Give the departments of a jurisdiction's document; none for one that names none (any other can be typed)."""
    return BY_PACK.get(pack_id, ())


def annex_department(text: str) -> str:
    """Give the name that annex 3 of 宜昌 has for a department called otherwise; the text itself when it names none."""
    wanted = normalise(text)
    for department in YICHANG:
        if wanted in {normalise(name) for name in (department.name, *department.aliases)}:
            return department.name
    return text.strip()
